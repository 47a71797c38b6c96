using System.Globalization;

namespace Wires.Mailboxes;

/// <summary>How long a thread was ready to run and had no processor: told by Linux, elsewhere unknown.</summary>
/// <remarks>The second figure of <c>schedstat</c>, in nanoseconds: see proc_pid_schedstat in the kernel's documentation of scheduler statistics.</remarks>
internal static class RunDelay
{
    /// <summary>The current thread's id for <see cref="Read"/>; null where there is none.</summary>
    public static string? CurrentThread()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false) is { } thread ? $"/proc/{Tail(thread.FullName)}/schedstat" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The thread's delay since it started; null where it cannot be told.</summary>
    public static TimeSpan? Read(string? thread)
    {
        if (thread is null)
        {
            return null;
        }

        try
        {
            string[] figures = File.ReadAllText(thread).Split(' ');
            return figures.Length >= 2 && long.TryParse(figures[1], NumberStyles.None, CultureInfo.InvariantCulture, out long delay)
                ? TimeSpan.FromMicroseconds(delay / 1000)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The link says "<process>/task/<thread>".
    private static string Tail(string path) => string.Join('/', path.Split('/')[^3..]);
}
