using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform;

[Wire]
public partial class Lease(TimeProvider time, ILogger<Lease> log)
{
    private string? _holder;
    private long _epoch;
    private DateTimeOffset _until;

    public long? Acquire(string who, TimeSpan length)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_holder is not null && _holder != who && now < _until) return null;
        if (_holder != who) _epoch++;
        (_holder, _until) = (who, now + length);
        log.LogDebug("{Holder} has epoch {Epoch} until {Until}", who, _epoch, _until);
        return _epoch;
    }

    public bool Renew(long epoch, TimeSpan length)
    {
        if (epoch != _epoch || time.GetUtcNow() >= _until) return false;
        _until = time.GetUtcNow() + length;
        return true;
    }

    public void Release(long epoch)
    {
        if (epoch == _epoch) _holder = null;
    }

    [Interleave] public (string? Holder, long Epoch) Look() => (time.GetUtcNow() < _until ? _holder : null, _epoch);
}

[Wire]
public partial class FeatureFlags
{
    public abstract class Rule
    {
        public string Name { get; init; } = "";
    }

    private sealed record Flag(string Name, bool IsOn, int Percent, HashSet<string> Allowed);

    private readonly Dictionary<string, Flag> _flags = new(StringComparer.Ordinal);
    private int _version;

    public int Set(string name, bool isOn, int percent = 100, string[]? allowed = null)
    {
        _flags[name] = new Flag(name, isOn, Math.Clamp(percent, 0, 100), [.. allowed ?? []]);
        return ++_version;
    }

    [Interleave]
    public bool IsOn(string name, string user) => _flags.TryGetValue(name, out Flag? flag) && flag switch
    {
        { IsOn: false } => false,
        { Allowed: var allowed } when allowed.Contains(user) => true,
        { Percent: var percent } => Bucket(name, user) < percent,
    };

    public Dictionary<string, bool> For(string user)
    {
        var answer = new Dictionary<string, bool>();
        foreach (string name in _flags.Keys.Order(StringComparer.Ordinal)) answer[name] = IsOn(name, user);
        return answer;
    }

    private static int Bucket(string name, string user)
    {
        uint hash = 2166136261;
        foreach (char c in name + ":" + user) hash = unchecked((hash ^ c) * 16777619);
        return (int)(hash % 100);
    }
}

[Wire]
public partial class TokenBucket
{
    [Local] private readonly TimeProvider _time = TimeProvider.System;
    private double _tokens = 10;
    private double _perSecond = 1;
    private double _capacity = 10;
    private long _at;

    public void Configure(double perSecond, double capacity)
    {
        _perSecond = perSecond;
        _capacity = capacity;
    }

    public TimeSpan? TryTake(int count = 1)
    {
        long now = _time.GetTimestamp();
        if (_at != 0) _tokens = Math.Min(_capacity, _tokens + _perSecond * _time.GetElapsedTime(_at, now).TotalSeconds);
        _at = now;
        if (_tokens < count) return TimeSpan.FromSeconds((count - _tokens) / _perSecond);
        _tokens -= count;
        return null;
    }

    public async WireTask Take(int count, CancellationToken cancellation)
    {
        while (TryTake(count) is { } wait) await Wire.Delay(wait, cancellation);
    }
}

[Wire(IdleAfter = "00:10:00")]
public partial class LruCache<TValue> : IDetaching
    where TValue : class
{
    private sealed class Entry
    {
        public required string Key { get; init; }
        public required TValue Value { get; set; }
    }

    private readonly LinkedList<Entry> _order = [];
    private readonly Dictionary<string, Entry> _entries = [];
    private int _capacity = 128;
    private (long Hits, long Misses) _stats;

    public void Resize(int capacity)
    {
        _capacity = capacity;
        while (_entries.Count > _capacity) Evict();
    }

    public TValue? Get(string key)
    {
        if (!_entries.TryGetValue(key, out Entry? entry))
        {
            _stats.Misses++;
            return default;
        }

        _stats.Hits++;
        _order.Remove(entry);
        _order.AddFirst(entry);
        return entry.Value;
    }

    public void Put(string key, TValue value)
    {
        if (_entries.TryGetValue(key, out Entry? entry)) entry.Value = value;
        else
        {
            if (_entries.Count == _capacity) Evict();
            _order.AddFirst(_entries[key] = new Entry { Key = key, Value = value });
        }
    }

    public WireTask OnDetaching(DetachReason reason)
    {
        if (reason == DetachReason.Idle) while (_entries.Count > 0) Evict();
        return WireTask.CompletedTask;
    }

    public double HitRate() => _stats is (0, 0) ? 0 : (double)_stats.Hits / (_stats.Hits + _stats.Misses);

    private void Evict()
    {
        if (_order.Last is not { Value: var last }) return;
        _order.RemoveLast();
        _entries.Remove(last.Key);
    }
}

public sealed record PageResult(Uri Page, int Status, string[] Links);

[Wire]
public partial class Frontier(IWires wires)
{
    private readonly Queue<Uri> _queue = new();
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _perHost = [];

    public void Seed(Uri[] pages)
    {
        foreach (Uri page in pages) Offer(page);
    }

    public async WireTask<int> Step(int max, CancellationToken cancellation)
    {
        int fetched = 0;
        for (; fetched < max && _queue.TryDequeue(out Uri? page); fetched++)
        {
            PageResult result = await wires.Get<FetcherRef>(page.Host).Fetch(page, cancellation);
            if (result is { Status: >= 200 and < 300, Links: [_, ..] links })
            {
                foreach (string link in links)
                {
                    if (Uri.TryCreate(page, link, out Uri? next)) Offer(next);
                }
            }
        }

        return fetched;
    }

    public int Pending() => _queue.Count;

    private void Offer(Uri page)
    {
        if (page.Scheme is not ("http" or "https") || !_seen.Add(page.AbsoluteUri)) return;
        if ((_perHost[page.Host] = _perHost.GetValueOrDefault(page.Host) + 1) <= 1_000) _queue.Enqueue(page);
    }
}

[Wire]
public partial class Fetcher(IHttpClientFactoryLike clients, TimeProvider time)
{
    [GeneratedRegexLike] private static readonly Regex s_link = new("href=\"([^\"#]+)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private DateTimeOffset _last;
    private int _errors;

    public async WireTask<PageResult> Fetch(Uri page, CancellationToken cancellation)
    {
        TimeSpan wait = _last + TimeSpan.FromSeconds(1) - time.GetUtcNow();
        if (wait > TimeSpan.Zero) await Wire.Delay(wait, cancellation);
        _last = time.GetUtcNow();
        try
        {
            (int status, string text) = await Load(page, cancellation);
            _errors = 0;
            return new PageResult(page, status, s_link.Matches(text).Select(m => m.Groups[1].Value).Distinct().ToArray());
        }
        catch (HttpRequestException e)
        {
            _errors++;
            return new PageResult(page, (int)(e.StatusCode ?? 0), []);
        }
    }

    private async WireTask<(int Status, string Text)> Load(Uri page, CancellationToken cancellation) =>
        (200, await clients.CreateClient().GetStringAsync(page, cancellation));
}

public interface IHttpClientFactoryLike { HttpClient CreateClient(); }

[AttributeUsage(AttributeTargets.Field)]
public sealed class GeneratedRegexLikeAttribute : Attribute;

[Wire]
public partial class Metering(IServiceProvider services)
{
    private static readonly ActivitySource s_source = new("Platform");
    private static readonly System.Diagnostics.Metrics.Meter s_meter = new("Platform");
    private static readonly Counter<long> s_calls = s_meter.CreateCounter<long>("calls");
    private readonly Dictionary<string, long> _totals = [];

    public void Count(string name, long by = 1)
    {
        using Activity? activity = s_source.StartActivity("count");
        activity?.SetTag("name", name);
        s_calls.Add(by, new KeyValuePair<string, object?>("name", name));
        _totals[name] = checked(_totals.GetValueOrDefault(name) + by);
    }

    public async WireTask Flush()
    {
        ISink sink = services.GetRequiredService<ISink>();
        foreach ((string name, long total) in _totals) await sink.Write(name, total);
        _totals.Clear();
    }
}

public interface ISink { ValueTask Write(string name, long value); }

public sealed class SinkInMemory : ISink
{
    private readonly ConcurrentDictionary<string, long> _values = new();

    public ValueTask Write(string name, long value)
    {
        _values.AddOrUpdate(name, value, (_, old) => old + value);
        return ValueTask.CompletedTask;
    }
}
