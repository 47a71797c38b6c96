using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Shop;

public interface IClock { DateTimeOffset Now { get; } }
public interface IPayments { Task<bool> Charge(string card, decimal amount, CancellationToken cancellation); }
public sealed record Line(string Sku, int Quantity, decimal Price) { public decimal Total => Quantity * Price; }
public sealed class Limits { public int Max { get; set; } = 10; }
public enum OrderState { Open, Paid, Shipped }
public static class Money { private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture; public static string Show(this decimal x) => x.ToString("N2", s_culture); }

[Wire(IdleAfter = "00:20:00")]
public partial class Cart(IClock clock, ILogger<Cart> log)
{
    private readonly Dictionary<string, Line> _lines = [];
    private DateTimeOffset _touched;

    public void Add(Line line)
    {
        _touched = clock.Now;
        _lines[line.Sku] = _lines.TryGetValue(line.Sku, out Line? old) ? old with { Quantity = old.Quantity + line.Quantity } : line;
        log.LogInformation("Added {Sku}", line.Sku);
    }

    public bool Remove(string sku) => _lines.Remove(sku);
    public decimal Total() => _lines.Values.Sum(l => l.Total);
    public IReadOnlyList<Line> Lines() => [.. _lines.Values.OrderBy(l => l.Sku, StringComparer.Ordinal)];
    public string Show() => Total().Show() + " at " + _touched.ToString("O", CultureInfo.InvariantCulture);

    public async WireTask<bool> Checkout(OrderRef order, CancellationToken cancellation)
    {
        if (_lines.Count == 0) return false;
        await order.Place(Lines().ToArray(), cancellation);
        _lines.Clear();
        return true;
    }
}

[Wire]
public partial class Order(IPayments payments) : IAttached, IDetaching
{
    private ImmutableArray<Line> _lines = [];
    private OrderState _state;
    [Local] private JsonSerializerOptions? _json;

    public WireTask OnAttached(AttachReason reason)
    {
        _json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        return WireTask.CompletedTask;
    }

    public WireTask OnDetaching(DetachReason reason) => WireTask.CompletedTask;

    public void Place(Line[] lines, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _lines = [.. lines];
    }

    public async WireTask<OrderState> Pay(string card, CancellationToken cancellation)
    {
        if (_state != OrderState.Open) throw new InvalidOperationException($"The order is {_state}.");
        try
        {
            if (await payments.Charge(card, _lines.Sum(static l => l.Total), cancellation)) _state = OrderState.Paid;
        }
        catch (TimeoutException e) when (e.InnerException is null)
        {
            await Wire.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        return _state;
    }

    [Interleave] public OrderState State() => _state;
    public string ToJson() => JsonSerializer.Serialize(_lines, _json);
}

[Wire]
public partial class ChatRoom
{
    private readonly HashSet<MemberRef> _members = [];
    private readonly Queue<string> _history = new();
    private static readonly string[] s_banned = ["spam"];

    public void Join(MemberRef member) => _members.Add(member);
    public void Leave(MemberRef member) => _members.Remove(member);

    public async WireTask Say(string who, string text)
    {
        if (s_banned.Any(b => text.Contains(b, StringComparison.OrdinalIgnoreCase))) return;
        _history.Enqueue($"{who}: {text}");
        while (_history.Count > 100) _history.Dequeue();
        foreach (MemberRef member in _members) await member.Hear(who, text);
    }

    public async IAsyncEnumerable<string> History([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (string line in _history.ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return line;
            await Wire.Yield();
        }
    }
}

[Wire]
public sealed partial class Member
{
    private readonly List<string> _inbox = new(capacity: 16);
    private ChatRoomRef? _room;

    public async WireTask Enter(ChatRoomRef room)
    {
        if (_room is { } old) await old.Leave(default);
        _room = room;
        _ = room.Say("me", "hello");
    }

    [OneWay] public void Hear(string who, string text) => _inbox.Add($"{who}: {text}");
    public string[] Inbox() => [.. _inbox];
}

[Wire]
public partial class RateLimiter(IOptions<Limits> options, TimeProvider time)
{
    private readonly Queue<DateTimeOffset> _hits = new();

    public bool TryTake()
    {
        DateTimeOffset now = time.GetUtcNow();
        while (_hits.TryPeek(out DateTimeOffset first) && now - first > TimeSpan.FromMinutes(1)) _hits.Dequeue();
        if (_hits.Count >= options.Value.Max) return false;
        _hits.Enqueue(now);
        return true;
    }

    [Every("00:01:00")]
    private void Trim() { if (_hits.Count == 0) _hits.TrimExcess(); }
}

[Wire]
public partial class Device
{
    public readonly record struct Reading(DateTimeOffset At, double Value);

    private readonly SortedDictionary<DateTimeOffset, double> _readings = [];
    private double _min = double.MaxValue, _max = double.MinValue;
    private int Count { get; set; }

    public void Report(Reading reading)
    {
        _readings[reading.At] = reading.Value;
        (_min, _max) = (Math.Min(_min, reading.Value), Math.Max(_max, reading.Value));
        Count++;
    }

    public (double Min, double Max, int Count) Summary() => (_min, _max, Count);
    public async WireTask<double> Average() => await Task.Run(static () => 0.0) + (_readings.Count == 0 ? 0 : _readings.Values.Average());
}

[Wire]
public partial class Matchmaker(IWires wires)
{
    private readonly PriorityQueue<string, int> _waiting = new();
    private readonly Dictionary<string, Guid> _games = [];

    public async WireTask<GameRef?> Find(string player, int rank)
    {
        if (_waiting.Count == 0)
        {
            _waiting.Enqueue(player, rank);
            return null;
        }

        string other = _waiting.Dequeue();
        var id = Guid.NewGuid();
        GameRef game = wires.Get<GameRef>(id);
        await game.Start(player, other);
        _games[player] = _games[other] = id;
        return game;
    }
}

[Wire]
public partial class Game
{
    private readonly char[,] _board = new char[3, 3];
    private string? _x, _o;
    private bool _isX = true;

    public void Start(string x, string o) => (_x, _o) = (x, o);

    public bool Move(string player, int row, int column)
    {
        if (player != (_isX ? _x : _o) || _board[row, column] != 0) return false;
        _board[row, column] = _isX ? 'X' : 'O';
        _isX = !_isX;
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) text.Append(_board[i, j] == 0 ? '.' : _board[i, j]);
            text.AppendLine();
        }

        return text.ToString();
    }
}

[Wire]
public partial class Cache<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (TValue Value, long Expires)> _items = [];
    [Local] private readonly TimeProvider _time = TimeProvider.System;

    public TValue? Get(TKey key) => _items.TryGetValue(key, out (TValue Value, long Expires) item) && item.Expires > _time.GetTimestamp() ? item.Value : default;
    public void Set(TKey key, TValue value, TimeSpan ttl) => _items[key] = (value, _time.GetTimestamp() + ttl.Ticks);
}

[Wire]
public partial class Saga(IWires wires)
{
    private readonly Stack<string> _done = new();

    public async WireTask<bool> Run(string[] steps)
    {
        try
        {
            foreach (string step in steps)
            {
                await wires.Get<StepRef>(step).Do();
                _done.Push(step);
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            while (_done.TryPop(out string? step)) await wires.Get<StepRef>(step).Undo();
            return false;
        }
    }

    public async WireTask<int> All(StepRef[] steps)
    {
        Task<int>[] answers = [.. steps.Select(s => s.Cost().AsTask())];
        await Task.WhenAll(answers);
        return answers.Sum(a => a.Result);
    }
}

[Wire]
public partial class Step
{
    private int _runs;
    public void Do() => _runs++;
    public void Undo() => _runs--;
    public int Cost() => _runs * 2;
}

[Wire]
public partial class Session : IDisposable
{
    private static readonly Regex s_name = new("^[a-z]+$", RegexOptions.Compiled);
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(1);
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private DateTime _last = DateTime.UnixEpoch;

    public string? this_(string name) => _values.GetValueOrDefault(name);
    public void Set(string name, string value) { if (s_name.IsMatch(name)) _values[name] = value; }
    public bool IsExpired(DateTime now) => now - _last > s_limit;
    public void Touch(DateTime now) => _last = now;
    public void Dispose() => GC.SuppressFinalize(this);
}

public abstract class Crawler
{
    protected Queue<Uri> Pages { get; } = new();
    private int _fetched;
    public int Fetched() => _fetched;
    protected abstract WireTask<string> Fetch(Uri page);
    public async WireTask<int> Run(int max)
    {
        while (_fetched < max && Pages.TryDequeue(out Uri? page))
        {
            string text = await Fetch(page);
            foreach (Match link in Regex.Matches(text, "href=\"([^\"]+)\"")) Pages.Enqueue(new Uri(page, link.Groups[1].Value));
            _fetched++;
        }

        return _fetched;
    }
}

[Wire]
public partial class WebCrawler(HttpClient http) : Crawler
{
    public void Seed(Uri page) => Pages.Enqueue(page);
    protected override async WireTask<string> Fetch(Uri page) => await http.GetStringAsync(page);
}

[Wire]
public partial class Scheduler
{
    private sealed class Job { public required string Name { get; init; } public DateTimeOffset Due { get; set; } public int Runs { get; set; } }
    private readonly List<Job> _jobs = [];
    private readonly LinkedList<string> _log = [];

    public void Plan(string name, DateTimeOffset due) => _jobs.Add(new Job { Name = name, Due = due });

    [Every("00:00:01")]
    private async WireTask Tick(CancellationToken cancellation)
    {
        foreach (Job job in _jobs.Where(j => j.Runs == 0).ToList())
        {
            job.Runs++;
            _log.AddLast(job.Name);
            await Wire.Yield();
            if (cancellation.IsCancellationRequested) break;
        }
    }

    public int Ran() => _jobs.Count(static j => j.Runs > 0);
    public byte[] Export([Move] byte[] buffer) { buffer[0] = (byte)_log.Count; return buffer; }
}

public sealed class Client(IWires wires)
{
    public async Task Use(CancellationToken cancellation)
    {
        CartRef cart = wires.Get<CartRef>("alice");
        await cart.Add(new Line("apple", 2, 0.5m));
        _ = cart.Remove("pear");
        ValueTask<decimal> total = cart.Total();
        Console.WriteLine(await total);
        await cart.WithTimeout(TimeSpan.FromSeconds(5)).Checkout(wires.Spawn<OrderRef>(), cancellation);
        await foreach (string line in wires.Get<ChatRoomRef>("lobby").History(cancellation)) Console.WriteLine(line);
    }
}
