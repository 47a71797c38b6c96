using System.Runtime.CompilerServices;
using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Waits that end: a test that hangs says what it waited for.</summary>
internal static class Waits
{
    /// <summary>Long enough for the slowest machine: it passes only when something is wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Within(this Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        if (await Task.WhenAny(task, Task.Delay(Patience)) != task)
        {
            Assert.Fail($"Waited {Patience.TotalSeconds} s: {what}");
        }

        await task;
    }

    public static async Task<T> Within<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await Within((Task)task, what);
        return await task;
    }

    public static Task Within(this ValueTask task, [CallerArgumentExpression(nameof(task))] string what = "") => task.AsTask().Within(what);

    public static Task<T> Within<T>(this ValueTask<T> task, [CallerArgumentExpression(nameof(task))] string what = "") => task.AsTask().Within(what);

    /// <summary>For what nothing announces: looks again and again.</summary>
    public static Task Until(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") => Until(condition, () => what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static async Task Until(Func<bool> condition, Func<string> what)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > end)
            {
                Assert.Fail($"Waited {Patience.TotalSeconds} s: {what()}");
            }

            await Task.Delay(1);
        }
    }
}
