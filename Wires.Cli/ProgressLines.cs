namespace Wires.Cli;

/// <summary>Says on stderr how far a node is, when that has changed.</summary>
internal sealed class ProgressLines : IProgress<EmptyingReport>
{
    private (int Moved, int Left) _last;

    public void Report(EmptyingReport value)
    {
        if ((value.Moved, value.Left) != _last)
        {
            _last = (value.Moved, value.Left);
            Console.Error.WriteLine($"{value.Moved} moved, {value.Left} left");
        }
    }
}
