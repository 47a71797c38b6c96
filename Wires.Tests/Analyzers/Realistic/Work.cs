using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Work;

public enum TicketState { New, Assigned, Waiting, Resolved, Closed }

public sealed record Comment(string Author, string Text, DateTimeOffset At);

public sealed class TicketView
{
    public required int Number { get; init; }
    public TicketState State { get; init; }
    public IReadOnlyList<Comment> Comments { get; init; } = [];
    [JsonIgnore] public string? Assignee { get; set; }
}

[Wire(Name = "Work.Ticket")]
public partial class Ticket(TimeProvider time)
{
    private readonly List<Comment> _comments = [];
    private readonly Dictionary<TicketState, DateTimeOffset> _since = [];
    private int _number;
    private TicketState State { get; set; } = TicketState.New;
    private string? _assignee;

    public void Open(int number, string text, string author)
    {
        _number = number;
        Comment(author, text);
        Become(TicketState.New);
    }

    public void Comment(string author, string text) => _comments.Add(new Comment(author, text, time.GetUtcNow()));

    public bool Assign(string? who)
    {
        if (State is TicketState.Closed) return false;
        _assignee = who;
        Become(who is null ? TicketState.New : TicketState.Assigned);
        return true;
    }

    public bool Transition(TicketState to)
    {
        bool isAllowed = (State, to) switch
        {
            (TicketState.New, TicketState.Closed) => true,
            (TicketState.Assigned, TicketState.Waiting or TicketState.Resolved) => true,
            (TicketState.Waiting, TicketState.Assigned) => true,
            (TicketState.Resolved, TicketState.Closed or TicketState.Assigned) => true,
            _ => false,
        };
        if (isAllowed) Become(to);
        return isAllowed;
    }

    [Interleave] public TicketView View() => new() { Number = _number, State = State, Comments = [.. _comments], Assignee = _assignee };

    private void Become(TicketState state)
    {
        State = state;
        _since[state] = time.GetUtcNow();
    }
}

public sealed class QueueOptions
{
    public int MaxAttempts { get; set; } = 5;
    public TimeSpan Visibility { get; set; } = TimeSpan.FromSeconds(30);
}

public sealed record Job(long Id, string Payload, int Attempts);

[Wire(MailboxCapacity = 50_000)]
public partial class JobQueue(IOptionsMonitor<QueueOptions> options, TimeProvider time)
{
    private readonly PriorityQueue<Job, long> _ready = new();
    private readonly Dictionary<long, (Job Job, DateTimeOffset Until)> _running = [];
    private readonly List<Job> _dead = [];
    private long _lastId;

    public long Enqueue(string payload, TimeSpan? delay = null)
    {
        var job = new Job(++_lastId, payload, Attempts: 0);
        _ready.Enqueue(job, (time.GetUtcNow() + (delay ?? TimeSpan.Zero)).UtcTicks);
        return job.Id;
    }

    public Job? Take()
    {
        if (!_ready.TryPeek(out _, out long due) || due > time.GetUtcNow().UtcTicks) return null;
        Job job = _ready.Dequeue();
        job = job with { Attempts = job.Attempts + 1 };
        _running[job.Id] = (job, time.GetUtcNow() + options.CurrentValue.Visibility);
        return job;
    }

    public void Complete(long id) => _running.Remove(id);

    public void Fail(long id, string reason)
    {
        if (!_running.Remove(id, out var entry)) return;
        if (entry.Job.Attempts >= options.CurrentValue.MaxAttempts) _dead.Add(entry.Job with { Payload = $"{entry.Job.Payload} ({reason})" });
        else _ready.Enqueue(entry.Job, time.GetUtcNow().AddSeconds(1 << entry.Job.Attempts).UtcTicks);
    }

    public Job[] Dead() => [.. _dead];

    [Every("00:00:05")]
    private void Requeue()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (var (id, (job, until)) in _running.ToArray())
        {
            if (until >= now) continue;
            _running.Remove(id);
            _ready.Enqueue(job, now.UtcTicks);
        }
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class Documents;

[Wire]
public partial class Workflow(IWires wires)
{
    public sealed record Node(string Name, string[] Needs);

    private readonly Dictionary<string, Node> _nodes = [];
    private readonly HashSet<string> _done = [];
    private Dictionary<string, string> _results = [];

    public void Define(Node[] nodes)
    {
        _nodes.Clear();
        foreach (Node node in nodes) _nodes.Add(node.Name, node);
        if (HasCycle()) throw new InvalidOperationException("The workflow has a cycle.");
    }

    public async WireTask<string> Run(CancellationToken cancellation)
    {
        while (_done.Count < _nodes.Count)
        {
            Node[] ready = _nodes.Values.Where(n => !_done.Contains(n.Name) && n.Needs.All(_done.Contains)).ToArray();
            foreach (Node node in ready)
            {
                _results[node.Name] = await wires.Get<WorkerRef>(node.Name).Do([.. node.Needs.Select(n => _results[n])], cancellation);
                _done.Add(node.Name);
            }
        }

        return JsonSerializer.Serialize(_results);
    }

    public double Progress() => _nodes.Count == 0 ? 1 : (double)_done.Count / _nodes.Count;

    private bool HasCycle()
    {
        var left = new HashSet<string>(_nodes.Keys);
        while (left.FirstOrDefault(n => _nodes[n].Needs.All(need => !left.Contains(need))) is { } free) left.Remove(free);
        return left.Count > 0;
    }
}

[Wire]
public partial class Worker
{
    private long _runs;
    private TimeSpan _spent;

    public async WireTask<string> Do(string[] inputs, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        string text = string.Join('+', inputs).ToUpper(CultureInfo.InvariantCulture);
        await Wire.Delay(TimeSpan.FromMilliseconds(10 * inputs.Length), cancellation);
        _runs++;
        _spent += TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        return text;
    }

    [Wire]
    public partial class Pool
    {
        private readonly List<WorkerRef> _workers = [];
        private int _next;

        public void Add(WorkerRef worker) => _workers.Add(worker);

        public WorkerRef? Next()
        {
            if (_workers is []) return null;
            _next = (_next + 1) % _workers.Count;
            return _workers[_next];
        }

        public async WireTask<string[]> All(string[] inputs, CancellationToken cancellation)
        {
            var answers = new List<string>();
            foreach (string[] chunk in inputs.Chunk(Math.Max(1, _workers.Count)).ToArray())
            {
                var tasks = chunk.Zip(_workers, (input, worker) => worker.Do([input], cancellation).AsTask());
                answers.AddRange(await Task.WhenAll(tasks));
            }

            return answers.ToArray();
        }
    }

    public (long Runs, TimeSpan Spent) Stats() => (_runs, _spent);
}
