using System.Globalization;

namespace SocialGraph.View;

/// <summary>Lines of text, for output that is no terminal.</summary>
internal sealed class PlainView(TextWriter output) : IRunView
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task RunAsync(Func<Action<RunFrame>, Task> work)
    {
        TimeSpan next = s_period;
        output.WriteLine("    time   remote  messages/s  load max/mean    moves  vertices");
        await work(frame =>
        {
            if (frame.Elapsed >= next)
            {
                next += s_period;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{frame.Elapsed.TotalSeconds,6:F0} s  {frame.Traffic.Remote,7:P1}  {frame.Traffic.PerSecond,10:N0}  {frame.Traffic.LoadImbalance,13:F2}  {frame.Moves,7:N0}  {string.Join(" + ", frame.Traffic.Nodes.Select(static node => node.Vertices))}{(frame.IsHeld ? "  (held)" : "")}"));
            }
        });
    }
}
