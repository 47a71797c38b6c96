namespace Wires.Benchmarks.Remote;

[Wire]
public partial class Echo
{
    private long _count;

    public int Add(int amount) => amount + 1;

    public byte[] Bytes([Move] byte[] bytes) => bytes;

    [OneWay]
    public void Tell(int amount) => _count += amount;

    public long Count() => _count;

    public void Reset() => _count = 0;
}
