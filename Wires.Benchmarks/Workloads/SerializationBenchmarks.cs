using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Wires.Serialization;

namespace Wires.Benchmarks.Workloads;

/// <summary>The object that is written and read: ten fields as they occur in messages.</summary>
public sealed class Order
{
    public int Id { get; set; }

    public long Customer { get; set; }

    public Guid Basket { get; set; }

    public string Name { get; set; } = "";

    public string City { get; set; } = "";

    public decimal Total { get; set; }

    public double Weight { get; set; }

    public DateTime Placed { get; set; }

    public bool IsPaid { get; set; }

    public int Lines { get; set; }

    public static Order Sample { get; } = new()
    {
        Id = 4711,
        Customer = 123_456_789_012,
        Basket = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        Name = "Ann Example",
        City = "Springfield",
        Total = 129.95m,
        Weight = 2.75,
        Placed = new DateTime(2026, 11, 20, 12, 30, 0, DateTimeKind.Utc),
        IsPaid = true,
        Lines = 3,
    };
}

[JsonSerializable(typeof(Order))]
internal sealed partial class OrderJson : JsonSerializerContext;

/// <summary>Takes orders: because of it the generator writes a formatter for them.</summary>
[Wire]
public partial class OrderDesk
{
    private int _orders;

    public int Take(Order order) => ++_orders;
}

/// <summary>Writes and reads ten fields; the object read is new, as a receiver's is.</summary>
internal static class SerializationBenchmarks
{
    private const int Times = 500_000;

    public static IEnumerable<Benchmark> All =>
    [
        new("serialize-10", Unit.Nanoseconds, "a 10-field object written to a buffer and read back", OursAsync, HandAsync),
        new("serialize-10-json", Unit.Nanoseconds, "the same by System.Text.Json, source generated", JsonAsync, HandAsync),
        new("serialize-10-hand", Unit.Nanoseconds, "the same by a hand-written encoder", HandAsync, null),
        new("serialize-10-write", Unit.Nanoseconds, "writing alone", OursWriteAsync, HandWriteAsync),
    ];

    private static ValueTask<Sample> OursAsync()
    {
        WireFormatter<Order> formatter = WireFormatters.Get<Order>();
        var buffer = new WireBuffer();
        return Measure.RunAsync(Times, () =>
        {
            for (int i = 0; i < Times; i++)
            {
                buffer.Clear();
                Write(formatter, buffer);
                var reader = new WireReader(buffer.WrittenSpan);
                Order? order = null;
                formatter.Read(ref reader, ref order);
                GC.KeepAlive(order);
            }

            return default;
        });
    }

    private static ValueTask<Sample> OursWriteAsync()
    {
        WireFormatter<Order> formatter = WireFormatters.Get<Order>();
        var buffer = new WireBuffer();
        return Measure.RunAsync(Times, () =>
        {
            for (int i = 0; i < Times; i++)
            {
                buffer.Clear();
                Write(formatter, buffer);
            }

            return default;
        });
    }

    private static void Write(WireFormatter<Order> formatter, WireBuffer buffer)
    {
        var writer = new WireWriter(buffer);
        Order? order = Order.Sample;
        formatter.Write(ref writer, in order);
        writer.Flush();
    }

    private static ValueTask<Sample> JsonAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        return Measure.RunAsync(Times, () =>
        {
            for (int i = 0; i < Times; i++)
            {
                buffer.ResetWrittenCount();
                writer.Reset(buffer);
                JsonSerializer.Serialize(writer, Order.Sample, OrderJson.Default.Order);
                writer.Flush();
                GC.KeepAlive(JsonSerializer.Deserialize(buffer.WrittenSpan, OrderJson.Default.Order));
            }

            return default;
        });
    }

    private static ValueTask<Sample> HandAsync()
    {
        byte[] buffer = new byte[1024];
        return Measure.RunAsync(Times, () =>
        {
            for (int i = 0; i < Times; i++)
            {
                HandWrite(buffer, Order.Sample);
                GC.KeepAlive(HandRead(buffer));
            }

            return default;
        });
    }

    private static ValueTask<Sample> HandWriteAsync()
    {
        byte[] buffer = new byte[1024];
        return Measure.RunAsync(Times, () =>
        {
            for (int i = 0; i < Times; i++)
            {
                HandWrite(buffer, Order.Sample);
            }

            return default;
        });
    }

    private static int HandWrite(Span<byte> span, Order order)
    {
        int at = 0;
        Put(span, ref at, order.Id);
        Put(span, ref at, order.Customer);
        Put(span, ref at, order.Basket);
        PutText(span, ref at, order.Name);
        PutText(span, ref at, order.City);
        Put(span, ref at, order.Total);
        Put(span, ref at, order.Weight);
        Put(span, ref at, order.Placed);
        Put(span, ref at, order.IsPaid);
        Put(span, ref at, order.Lines);
        return at;
    }

    private static Order HandRead(ReadOnlySpan<byte> span)
    {
        int at = 0;
        return new Order
        {
            Id = Take<int>(span, ref at),
            Customer = Take<long>(span, ref at),
            Basket = Take<Guid>(span, ref at),
            Name = TakeText(span, ref at),
            City = TakeText(span, ref at),
            Total = Take<decimal>(span, ref at),
            Weight = Take<double>(span, ref at),
            Placed = Take<DateTime>(span, ref at),
            IsPaid = Take<bool>(span, ref at),
            Lines = Take<int>(span, ref at),
        };
    }

    private static void Put<T>(Span<byte> span, ref int at, T value)
        where T : unmanaged
    {
        Unsafe.WriteUnaligned(ref span.Slice(at, Unsafe.SizeOf<T>())[0], value);
        at += Unsafe.SizeOf<T>();
    }

    private static T Take<T>(ReadOnlySpan<byte> span, ref int at)
        where T : unmanaged
    {
        T value = Unsafe.ReadUnaligned<T>(in span.Slice(at, Unsafe.SizeOf<T>())[0]);
        at += Unsafe.SizeOf<T>();
        return value;
    }

    private static void PutText(Span<byte> span, ref int at, string text)
    {
        Utf8.FromUtf16(text, span[(at + 4)..], out _, out int written);
        Put(span, ref at, written);
        at += written;
    }

    private static string TakeText(ReadOnlySpan<byte> span, ref int at)
    {
        int length = Take<int>(span, ref at);
        string text = System.Text.Encoding.UTF8.GetString(span.Slice(at, length));
        at += length;
        return text;
    }
}
