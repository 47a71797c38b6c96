using System.Runtime.InteropServices;

namespace Wires.Balancing;

/// <summary>The load of other nodes as far as news have come, and which of them to pass on. Not thread-safe.</summary>
/// <remarks>
/// The gossip of MOSIX: each node tells one other node, picked at random, its own load and the freshest that it knows. No node waits for any other, and a node that is gone is forgotten
/// with the view that names it no longer.
/// </remarks>
internal sealed class NewsWindow(long self, BalancingOptions options)
{
    // Ages are told apart by steps of the period; the last step takes all that is older.
    private const int AgeSteps = 64;

    private readonly Dictionary<long, NodeLoad> _nodes = [];
    private readonly List<NodeLoad> _known = [];
    private long[] _members = [];

    /// <summary>How many nodes the cluster has, this one included.</summary>
    public int Members => _members.Length + 1;

    /// <summary>The nodes that news have come of, in no order.</summary>
    public IReadOnlyList<NodeLoad> Known => _known;

    /// <summary>A new view: others are forgotten, and their news refused from now on.</summary>
    public void SetMembers(IEnumerable<(long Node, string Name)> members)
    {
        var present = new HashSet<long>();
        foreach ((long node, string name) in members)
        {
            if (node != self && present.Add(node))
            {
                ref NodeLoad? load = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, node, out _);
                load ??= new NodeLoad(node, name);
                load.Name = name;
            }
        }

        foreach (long node in _nodes.Keys)
        {
            if (!present.Contains(node))
            {
                _nodes.Remove(node);
            }
        }

        _members = [.. _nodes.Keys];
        _known.RemoveAll(node => !_nodes.ContainsKey(node.Node));
    }

    /// <summary>The node, if news have come of it.</summary>
    public NodeLoad? Find(long node) => _nodes.TryGetValue(node, out NodeLoad? load) && load.Sequence > 0 ? load : null;

    /// <summary>Whether it is a member.</summary>
    public bool IsMember(long node) => node == self || _nodes.ContainsKey(node);

    /// <summary>The name of a member.</summary>
    public string NameOf(long node) => _nodes.TryGetValue(node, out NodeLoad? load) ? load.Name : node.ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Takes in what another node told. News of nodes that have left, and those older than what is known, change nothing.</summary>
    public void Receive(LoadNews news, TimeSpan now)
    {
        foreach (NewsEntry entry in news.Entries)
        {
            if (!_nodes.TryGetValue(entry.Node, out NodeLoad? load) || entry.Sequence <= load.Sequence || !IsSound(entry))
            {
                continue;
            }

            if (load.Sequence == 0)
            {
                _known.Add(load);
            }

            load.Sequence = entry.Sequence;
            load.At = now - entry.Age;
            load.ToldExported = entry.Exported;
            load.ToldLoad = entry.Load;
            load.Capacity = entry.Capacity;
            load.ToldFreeMemory = entry.FreeMemory;
            load.State = entry.State;
            load.Settle(load.At);
        }
    }

    /// <summary>What to send, and to whom: a member picked at random, whether anything is known of it or not. Null where this node is alone.</summary>
    public (long Target, LoadNews News)? Compose(NewsEntry own, TimeSpan now, Random random)
    {
        if (_members.Length == 0)
        {
            return null;
        }

        int room = Math.Min(options.WindowFor(Members) - 1, _known.Count);
        var entries = new List<NewsEntry>(room + 1) { own };
        AddFreshest(entries, room, now, random);
        return (_members[random.Next(_members.Length)], new LoadNews(self, [.. entries]));
    }

    // Two passes over all nodes instead of sorting them: count by age, then take those younger than the step where the room ends.
    private void AddFreshest(List<NewsEntry> entries, int room, TimeSpan now, Random random)
    {
        Span<int> byAge = stackalloc int[AgeSteps];
        foreach (NodeLoad node in _known)
        {
            byAge[StepOf(node, now)]++;
        }

        int last = 0;
        int younger = 0;
        while (last < AgeSteps - 1 && younger + byAge[last] <= room)
        {
            younger += byAge[last++];
        }

        // Of the step that fits in part, those that come first from a random place on.
        int start = _known.Count == 0 ? 0 : random.Next(_known.Count);
        int rest = room - younger;
        for (int i = 0; i < _known.Count; i++)
        {
            NodeLoad node = _known[(start + i) % _known.Count];
            int step = StepOf(node, now);
            if (step < last || (step == last && rest-- > 0))
            {
                entries.Add(new NewsEntry(node.Node, node.Sequence, now - node.At, node.ToldExported, node.ToldLoad, node.Capacity, node.ToldFreeMemory, node.State));
            }
        }
    }

    private int StepOf(NodeLoad node, TimeSpan now) => (int)Math.Clamp((now - node.At) / options.Period, 0, AgeSteps - 1);

    // What comes from the network must not make a mean infinite.
    private static bool IsSound(in NewsEntry entry) =>
        double.IsFinite(entry.Exported) && entry.Exported >= 0 && double.IsFinite(entry.Load) && entry.Load >= 0 && double.IsFinite(entry.Capacity) && entry.Capacity > 0 && entry.Age >= TimeSpan.Zero
        && entry.FreeMemory >= 0;
}
