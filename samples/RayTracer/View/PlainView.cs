using System.Globalization;

namespace RayTracer.View;

/// <summary>Lines of text, for output that is no terminal.</summary>
internal sealed class PlainView(TextWriter output) : IRenderView
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public bool HasPreview => false;

    /// <inheritdoc/>
    public async Task RunAsync(Func<Action<ViewFrame>, Task> work)
    {
        TimeSpan next = TimeSpan.Zero;
        int events = 0;
        await work(frame =>
        {
            foreach (string line in frame.Events.Skip(events))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frame.Elapsed.TotalSeconds,6:F1} s  {line}"));
            }

            events = frame.Events.Count;
            if (frame.Elapsed >= next || frame.Status.IsComplete)
            {
                next = frame.Elapsed + s_period;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{frame.Elapsed.TotalSeconds,6:F1} s  {frame.Status.Progress,4:P0}  {string.Join("  ", frame.Nodes.Select(static node => string.Create(CultureInfo.InvariantCulture, $"{node.Name}: {node.Wires} wires, load {node.Load:P0}{(node.State.Length > 0 ? $", {node.State}" : "")}")))}"));
            }
        });
    }
}
