using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Social;

public enum Status { Offline, Away, Online }

[Immutable]
public sealed class Profile(string name, string? motto)
{
    public string Name { get; } = name;
    public string? Motto { get; } = motto;
}

[Wire]
public partial class Presence(TimeProvider time)
{
    private readonly Dictionary<string, (Status Status, DateTimeOffset At)> _devices = [];
    private readonly List<WatcherRef> _watchers = [];

    public async WireTask Beat(string device, Status status)
    {
        Status before = Now();
        _devices[device] = (status, time.GetUtcNow());
        if (Now() != before) await Tell();
    }

    public void Watch(WatcherRef watcher)
    {
        if (!_watchers.Contains(watcher)) _watchers.Add(watcher);
    }

    [Interleave] public Status Now() => _devices.Values.Select(static d => d.Status).DefaultIfEmpty(Status.Offline).Max();

    [Every("00:00:30")]
    private async WireTask Sweep(CancellationToken cancellation)
    {
        Status before = Now();
        string[] gone = [.. from d in _devices where time.GetUtcNow() - d.Value.At > TimeSpan.FromMinutes(2) select d.Key];
        Array.ForEach(gone, d => _devices.Remove(d));
        if (!cancellation.IsCancellationRequested && Now() != before) await Tell();
    }

    private async WireTask Tell()
    {
        Status now = Now();
        foreach (WatcherRef watcher in _watchers.ToArray())
        {
            try
            {
                await watcher.WithTimeout(TimeSpan.FromSeconds(2)).Changed(now);
            }
            catch (WireTimeoutException)
            {
                _watchers.Remove(watcher);
            }
        }
    }
}

[Wire]
public partial class Watcher
{
    private readonly Queue<Status> _seen = new();
    [OneWay] public void Changed(Status status) => _seen.Enqueue(status);
    public Status[] Drain()
    {
        Status[] all = _seen.ToArray();
        _seen.Clear();
        return all;
    }
}

public sealed record Post(long Id, string Author, string Text, ImmutableArray<string> Tags);

[Wire]
public partial class Timeline(IWires wires)
{
    private ImmutableSortedDictionary<long, Post> _posts = ImmutableSortedDictionary<long, Post>.Empty;
    private readonly HashSet<string> _followers = [];
    private Profile? _profile;
    private long _last;

    public void Introduce(Profile profile) => _profile = profile;
    public void Follow(string who) => _followers.Add(who);

    public async WireTask<long> Write(string text)
    {
        ImmutableArray<string> tags = [.. text.Split(' ').Where(static w => w is ['#', _, ..]).Select(static w => w[1..].ToLowerInvariant())];
        var post = new Post(++_last, _profile?.Name ?? "?", text, tags);
        _posts = _posts.Add(post.Id, post);
        foreach (string follower in _followers) await wires.Get<FeedRef>(follower).Push(post);
        return post.Id;
    }

    public Post? Find(long id) => _posts.TryGetValue(id, out Post? post) ? post : null;

    public ImmutableArray<Post> Tagged(string tag) => [.. _posts.Values.Where(p => p.Tags.Contains(tag))];
}

[Wire]
public partial class Feed
{
    private Post?[] _latest = new Post?[50];
    private int _at;

    [OneWay] public void Push(Post post) => _latest[_at++ % _latest.Length] = post;

    public async IAsyncEnumerable<Post> Read(int max, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (int i = _at - 1, n = 0; i >= Math.Max(0, _at - _latest.Length) && n < max; i--, n++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_latest[i % _latest.Length] is { } post) yield return post;
            if (n % 10 == 9) await Wire.Yield();
        }
    }
}

public interface ITopicMessage { string Topic { get; } }

[Wire]
public partial class Topic<TMessage>
    where TMessage : struct, ITopicMessage
{
    private readonly List<TMessage> _log = [];
    private readonly Dictionary<string, int> _offsets = [];

    public int Publish(TMessage message)
    {
        _log.Add(message);
        return _log.Count - 1;
    }

    public TMessage[] Poll(string consumer, int max)
    {
        int from = _offsets.GetValueOrDefault(consumer);
        TMessage[] batch = _log.Skip(from).Take(max).ToArray();
        _offsets[consumer] = from + batch.Length;
        return batch;
    }

    public void Rewind(string consumer, int offset) => _offsets[consumer] = int.Clamp(offset, 0, _log.Count);

    public Dictionary<string, int> Lag()
    {
        var lag = new Dictionary<string, int>(_offsets.Count);
        foreach (var (consumer, offset) in _offsets) lag[consumer] = _log.Count - offset;
        return lag;
    }
}

[Wire]
public partial class Poll
{
    private readonly Dictionary<string, int> _votes = [];
    private readonly HashSet<Guid> _voters = [];
    private string? _question;
    private bool _isOpen;

    public void Ask(string question, params string[] options)
    {
        if (options.Length < 2) throw new ArgumentException("A poll needs two options.", nameof(options));
        _question = question;
        _votes.Clear();
        foreach (string option in options) _votes.TryAdd(option, 0);
        _isOpen = true;
    }

    public bool Vote(Guid voter, string option)
    {
        if (!_isOpen || !_votes.ContainsKey(option) || !_voters.Add(voter)) return false;
        _votes[option]++;
        return true;
    }

    public void Close() => _isOpen = false;

    public string Result()
    {
        string? winner = _votes.OrderByDescending(static v => v.Value).ThenBy(static v => v.Key).Select(static v => v.Key).FirstOrDefault();
        return $"""
            {_question ?? "nothing"}: {winner ?? "nobody"}
            of {_voters.Count} votes
            """;
    }
}

[Wire]
public partial class Matchmaking(IWires wires)
{
    private readonly record struct Waiting(string Player, int Rating, long Since);

    private readonly SortedDictionary<int, List<Waiting>> _byRating = [];
    private readonly Dictionary<string, Guid> _matches = [];
    private long _tick;

    public void Enter(string player, int rating)
    {
        if (!_byRating.TryGetValue(rating / 100, out List<Waiting>? bucket)) _byRating[rating / 100] = bucket = [];
        bucket.Add(new Waiting(player, rating, _tick));
    }

    public Guid? MatchOf(string player) => _matches.TryGetValue(player, out Guid match) ? match : null;

    [Every("00:00:01")]
    private async WireTask Pair()
    {
        _tick++;
        foreach ((int bucket, List<Waiting> waiting) in _byRating.ToArray())
        {
            while (waiting.Count >= 2)
            {
                (Waiting a, Waiting b) = (waiting[^1], waiting[^2]);
                waiting.RemoveRange(waiting.Count - 2, 2);
                Guid id = Guid.NewGuid();
                _matches[a.Player] = _matches[b.Player] = id;
                await wires.Get<MatchRef>(id).Begin(a.Player, b.Player);
            }

            if (waiting is [{ Since: var since }] && _tick - since > 10) _byRating.Remove(bucket);
        }
    }
}

[Wire]
public partial class Match
{
    private (string A, string B)? _players;
    private readonly int[] _points = new int[2];

    public void Begin(string a, string b) => _players ??= (a, b);

    public string? Point(string player)
    {
        if (_players is not var (a, b)) return null;
        int side = player == a ? 0 : player == b ? 1 : throw new ArgumentException($"{player} does not play here.");
        return ++_points[side] >= 11 && Math.Abs(_points[0] - _points[1]) >= 2 ? player : null;
    }
}

public sealed class Bridge(IWires wires)
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(16);

    public ValueTask Send(string line) => _lines.Writer.WriteAsync(line);

    public async Task Run(CancellationToken stopping)
    {
        TimelineRef timeline = wires.Get<TimelineRef>("bridge");
        await foreach (string line in _lines.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            long id = await timeline.Write(line).ConfigureAwait(false);
            if (id % 100 == 0) _ = timeline.Follow("archive");
        }
    }
}
