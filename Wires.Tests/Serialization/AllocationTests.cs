using Wires.Serialization;
using Wires.Serialization.Formatters;
using Xunit;

namespace Wires.Tests.Serialization;

/// <summary>What writing, and copying what is shared, may cost: nothing.</summary>
public sealed class AllocationTests
{
    private static readonly TenFields Value = new()
    {
        Id = 1,
        Count = 2,
        Total = 3,
        Name = "a name",
        City = "Zürich",
        At = DateTime.UnixEpoch,
        Key = Guid.Empty,
        Price = 1.5,
        Active = true,
        Amount = 12.34m,
    };

    [Fact]
    public void WritingAnObjectOfTenFieldsAllocatesNothing()
    {
        WireFormatters.Register(new TenFieldsFormatter());
        var buffer = new WireBuffer();
        Assert.Equal(0, Measure(() =>
        {
            buffer.Clear();
            var writer = new WireWriter(buffer);
            writer.WriteValue(Value);
            writer.Flush();
        }));
        Assert.True(buffer.WrittenCount > 80);
    }

    [Fact]
    public void ARentedBufferIsTheOneThatWasReturned()
    {
        Assert.Equal(0, Measure(() =>
        {
            var buffer = WireBuffer.Rent();
            WireSerializer.Serialize(buffer, new KeyValuePair<string, int>("key", 1));
            buffer.Return();
        }));
    }

    [Fact]
    public void AVersionTolerantObjectIsWrittenWithoutGarbage()
    {
        var buffer = new WireBuffer();
        var value = new Tolerant { Name = "n" };
        Assert.Equal(0, Measure(() =>
        {
            buffer.Clear();
            WireSerializer.Serialize(buffer, value);
        }));
    }

    [Fact]
    public void CopyingAListOfSharedElementsAllocatesTheListAlone()
    {
        WireFormatters.Register(new ListFormatter<int>());
        var list = Enumerable.Range(0, 100).ToList();
        var formatter = WireFormatters.Get<List<int>>();

        // The object of 32 bytes, and an array of 24 + 400.
        Assert.Equal(32 + 24 + 400, Measure(() => formatter.Copy(list)));
    }

    private static long Measure(Action action)
    {
        WireFormatters.Register(new KeyValuePairFormatter<string, int>());
        action();
        action();
        var least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private sealed class TenFields
    {
        public int Id { get; set; }

        public int Count { get; set; }

        public long Total { get; set; }

        public string? Name { get; set; }

        public string? City { get; set; }

        public DateTime At { get; set; }

        public Guid Key { get; set; }

        public double Price { get; set; }

        public bool Active { get; set; }

        public decimal Amount { get; set; }
    }

    private sealed class TenFieldsFormatter : WireFormatter<TenFields>
    {
        public override void Write(ref WireWriter writer, scoped ref readonly TenFields? value)
        {
            if (value is null)
            {
                writer.WriteNullObjectHeader();
                return;
            }

            writer.WriteObjectHeader(10);
            writer.WriteUnmanaged(value.Id, value.Count, value.Total);
            writer.WriteString(value.Name);
            writer.WriteString(value.City);
            writer.WriteUnmanaged(value.At, value.Key, value.Price, value.Active, value.Amount);
        }

        public override void Read(ref WireReader reader, scoped ref TenFields? value) => throw new NotSupportedException();

        public override TenFields? Copy(TenFields? value, ref CopyContext context) => throw new NotSupportedException();
    }
}
