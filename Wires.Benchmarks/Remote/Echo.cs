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

#pragma warning disable CS1998 // The rest of it is the stream's.
    public async IAsyncEnumerable<int> Numbers(int count)
#pragma warning restore CS1998
    {
        for (int i = 0; i < count; i++)
        {
            yield return i;
        }
    }

    public void Reset() => _count = 0;
}
