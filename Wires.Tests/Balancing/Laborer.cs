namespace Wires.Tests.Balancing;

/// <summary>A wire that works, and may have a mate that it talks to.</summary>
[Wire]
public partial class Laborer
{
    private int _works;
    private LaborerRef _mate;
    private bool _halts;

    internal int WorksSoFar => _works;

    public string Where() => Wire.Node;

    /// <summary>Holds its turn for so long. Asleep: what counts as work is time in turns, and the machine has others to serve.</summary>
    public int Work(int milliseconds)
    {
#pragma warning disable WIRE2001 // On purpose.
        Thread.Sleep(milliseconds);
#pragma warning restore WIRE2001
        return ++_works;
    }

    public int Works() => _works;

    /// <summary>Works, and goes on by itself.</summary>
    [OneWay]
    public async WireTask Drive(int milliseconds)
    {
        if (!_halts)
        {
            Work(milliseconds);
            await Wire.Self.As<LaborerRef>().Drive(milliseconds);
        }
    }

    public void Halt() => _halts = true;

    public void Meet(LaborerRef mate) => _mate = mate;

    /// <summary>Talks to its mate for a while.</summary>
    public async WireTask<int> Chat(int times)
    {
        int heard = 0;
        for (int i = 0; i < times; i++)
        {
            heard += await _mate.Hear();
        }

        return heard;
    }

    public int Hear() => 1;
}
