namespace Wires.Benchmarks.Remote;

/// <summary>A wire that carries so many bytes.</summary>
[Wire]
public partial class Cargo
{
    private byte[] _bytes = [];
    private int _calls;

    public int Call() => ++_calls;

    public void Fill(int count, int seed)
    {
        _bytes = new byte[count];
        new Random(seed).NextBytes(_bytes);
    }

    /// <summary>What was filled in with this seed is still there.</summary>
    public bool Check(int seed)
    {
        byte[] expected = new byte[_bytes.Length];
        new Random(seed).NextBytes(expected);
        return expected.Length > 0 && _bytes.AsSpan().SequenceEqual(expected);
    }
}
