using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Devices;

public readonly record struct Sample(DateTimeOffset At, double Value);

public sealed record Aggregate(DateTimeOffset From, int Count, double Min, double Max, double Mean);

/// <summary>Keeps the last samples of anything, oldest first.</summary>
public sealed class Ring<T>(int capacity)
{
    private readonly T[] _items = new T[capacity];
    private int _next;
    private int _count;

    public int Count => _count;

    public T this[int index] => _items[(_next - _count + index + _items.Length) % _items.Length];

    public void Add(T item)
    {
        _items[_next] = item;
        _next = (_next + 1) % _items.Length;
        _count = Math.Min(_count + 1, _items.Length);
    }

    public IEnumerable<T> All()
    {
        for (int i = 0; i < _count; i++) yield return this[i];
    }
}

public abstract class Node
{
    private string _label = "";
    protected DateTimeOffset LastSeen { get; set; }
    protected abstract TimeSpan Patience { get; }
    public void Rename(string label) => _label = label.Trim();
    public string Label() => _label.Length == 0 ? GetType().Name : _label;
    public virtual bool IsAlive(DateTimeOffset now) => now - LastSeen < Patience;
}

[Wire]
public partial class Thermometer(TimeProvider time, IWires wires) : Node
{
    private readonly Ring<Sample> _samples = new(256);
    private double? _alarmAbove;
    private string? _site;

    protected override TimeSpan Patience => TimeSpan.FromMinutes(5);

    public void Configure(string site, double? alarmAbove) => (_site, _alarmAbove) = (site, alarmAbove);

    public async WireTask Report(double celsius)
    {
        LastSeen = time.GetUtcNow();
        _samples.Add(new Sample(LastSeen, celsius));
        if (celsius > _alarmAbove && _site is { } site)
        {
            await wires.Get<SiteRef>(site).Alarm(Label(), celsius);
        }
    }

    public Aggregate? Summary()
    {
        if (_samples.Count == 0) return null;
        (double min, double max, double sum) = (double.MaxValue, double.MinValue, 0);
        foreach (Sample sample in _samples.All())
        {
            min = Math.Min(min, sample.Value);
            max = Math.Max(max, sample.Value);
            sum += sample.Value;
        }

        return new Aggregate(_samples[0].At, _samples.Count, min, max, sum / _samples.Count);
    }
}

[Wire]
public partial class Site
{
    private readonly Queue<(string Device, double Value)> _alarms = new();
    private readonly HashSet<ThermometerRef> _devices = [];
    private int _suppressed;

    public void Attach(ThermometerRef device) => _devices.Add(device);

    public void Alarm(string device, double value)
    {
        if (_alarms.Any(a => a.Device == device))
        {
            _suppressed++;
            return;
        }

        _alarms.Enqueue((device, value));
    }

    public (string Device, double Value)? NextAlarm() => _alarms.TryDequeue(out var alarm) ? alarm : null;

    [Interleave]
    public async WireTask<double> Mean(CancellationToken cancellation)
    {
        var summaries = new List<Aggregate>(_devices.Count);
        foreach (ThermometerRef device in _devices.ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            if (await device.Summary() is { Count: > 0 } summary) summaries.Add(summary);
        }

        return summaries.Count == 0 ? double.NaN : summaries.Sum(s => s.Mean * s.Count) / summaries.Sum(s => s.Count);
    }
}

[Wire]
public partial class Meter
{
    private readonly SortedList<long, ulong> _counters = [];
    private byte[] _pending = [];

    /// <summary>Frames of 16 bytes: seconds and a counter; a rest waits for more.</summary>
    public int Feed([Move] byte[] bytes)
    {
        byte[] all = [.. _pending, .. bytes];
        int at = 0, frames = 0;
        for (; at + 16 <= all.Length; at += 16, frames++)
        {
            ReadOnlySpan<byte> frame = all.AsSpan(at, 16);
            _counters[BinaryPrimitives.ReadInt64LittleEndian(frame)] = BinaryPrimitives.ReadUInt64LittleEndian(frame[8..]);
        }

        _pending = all[at..];
        return frames;
    }

    public unsafe ulong Checksum()
    {
        ulong sum = 0;
        fixed (byte* start = _pending)
        {
            for (int i = 0; i < _pending.Length; i++) sum += start[i];
        }

        return sum;
    }

    public async IAsyncEnumerable<(long At, ulong Used)> Usage([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ulong? last = null;
        foreach ((long at, ulong counter) in _counters.ToArray())
        {
            if (last is { } before) yield return (at, counter - before);
            last = counter;
            await Wire.Delay(TimeSpan.FromMilliseconds(1), cancellation);
        }
    }
}

public enum FirmwareState { Idle, Downloading, Verifying, Installed, Failed }

public interface IFirmwareStore
{
    Task<byte[]> Load(string version, CancellationToken cancellation);
}

[Wire]
public partial class Gateway(IFirmwareStore store)
{
    private FirmwareState _state;
    private string? _version;
    private byte[]? _hash;

    public async WireTask<FirmwareState> Update(string version, byte[] expected, CancellationToken cancellation)
    {
        if (_state is FirmwareState.Downloading or FirmwareState.Verifying || version == _version) return _state;
        _state = FirmwareState.Downloading;
        for (int attempt = 1; _state == FirmwareState.Downloading; attempt++)
        {
            try
            {
                byte[] image = await store.Load(version, cancellation);
                _state = FirmwareState.Verifying;
                _hash = System.Security.Cryptography.SHA256.HashData(image);
            }
            catch (HttpRequestException) when (attempt < 3)
            {
                await Wire.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), cancellation);
            }
            catch (HttpRequestException)
            {
                _state = FirmwareState.Failed;
            }
        }

        if (_state == FirmwareState.Verifying)
        {
            (_state, _version) = _hash.AsSpan().SequenceEqual(expected) ? (FirmwareState.Installed, version) : (FirmwareState.Failed, _version);
        }

        return _state;
    }
}
