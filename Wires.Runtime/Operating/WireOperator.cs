using Wires.Cluster;

namespace Wires.Operating;

/// <summary>The verbs, as questions to nodes; how a node is asked is up to who asks.</summary>
internal abstract partial class WireOperator : IWireOperator
{
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(5);

    /// <summary>A wire may be waited for before it moves: by its node, which says what it waited for.</summary>
    private static readonly TimeSpan s_moveTime = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<NodeReport>> NodesAsync(CancellationToken cancellation = default)
    {
        IReadOnlyList<Member> members = await MembersAsync(cancellation).ConfigureAwait(false);
        NodeReport[] reports = await Task.WhenAll(members.Select(member => DescribeAsync(member, cancellation))).ConfigureAwait(false);
        return [.. reports.OrderBy(static node => node.Name, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<WireReport>> ListAsync(string? node = null, string? type = null, int limit = 1000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        IReadOnlyList<Member> members = node is null ? [.. (await MembersAsync(cancellation).ConfigureAwait(false)).OrderBy(static member => member.Name, StringComparer.Ordinal)] : [await FindAsync(node, cancellation).ConfigureAwait(false)];
        var wires = new List<WireReport>();
        WireOperatorException? refusal = null;
        int refusals = 0;
        foreach (Member member in members)
        {
            try
            {
                await ListAsync(member, type, limit, wires, cancellation).ConfigureAwait(false);
            }
            catch (WireOperatorException e)
            {
                // One that runs other code may not know the type.
                refusal = e;
                refusals++;
            }
        }

        return refusal is null || refusals < members.Count ? wires : throw refusal;
    }

    public async Task<IReadOnlyList<WireReport>> BusiestAsync(int limit = 20, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var question = new ByteWriter();
        question.Number((ulong)Math.Min(limit, OperatorDesk.MaxPage));
        IReadOnlyList<Member> members = await MembersAsync(cancellation).ConfigureAwait(false);
        IEnumerable<WireReport>[] all = await Task.WhenAll(members.Select(LookAsync)).ConfigureAwait(false);
        return [.. all.SelectMany(static wires => wires).OrderByDescending(static wire => wire.Busy).ThenByDescending(static wire => wire.Waiting).Take(limit)];

        async Task<IEnumerable<WireReport>> LookAsync(Member member)
        {
            try
            {
                byte[] answer = await AskAsync(member, OperatorQuestion.Busiest, question, s_answerTime, cancellation).ConfigureAwait(false);
                return Read(answer);
            }
            catch (WireOperatorException)
            {
                // The list of nodes says what is wrong with it.
                return [];
            }

            List<WireReport> Read(byte[] answer)
            {
                var reader = new ByteReader(answer);
                return reader.Wires(member.Name);
            }
        }
    }

    public async Task<string?> WhereAsync(WireId wire, CancellationToken cancellation = default) => (await LookForAsync(wire, cancellation).ConfigureAwait(false)).Node;

    public async Task<PinReason> WhyAsync(WireId wire, CancellationToken cancellation = default) => (await LookForAsync(wire, cancellation).ConfigureAwait(false)).Pin;

    public async Task MigrateAsync(WireId wire, string node, CancellationToken cancellation = default)
    {
        await FindAsync(node, cancellation).ConfigureAwait(false);
        var question = new ByteWriter();
        question.Write(wire);
        question.Text(node);
        await MoveAsync(OperatorQuestion.Migrate, wire, question, cancellation).ConfigureAwait(false);
    }

    public Task<string> BringAsync(WireId wire, CancellationToken cancellation = default)
    {
        var question = new ByteWriter();
        question.Write(wire);
        return MoveAsync(OperatorQuestion.Bring, wire, question, cancellation);
    }

    public Task BlockAsync(string node, CancellationToken cancellation = default) => MarkAsync(node, NodeMarks.Blocked, isSet: true, cancellation);

    public Task UnblockAsync(string node, CancellationToken cancellation = default) => MarkAsync(node, NodeMarks.Blocked, isSet: false, cancellation);

    public Task StayAsync(string node, CancellationToken cancellation = default) => MarkAsync(node, NodeMarks.Staying, isSet: true, cancellation);

    public Task UnstayAsync(string node, CancellationToken cancellation = default) => MarkAsync(node, NodeMarks.Staying, isSet: false, cancellation);

    /// <summary>Who is in the cluster now.</summary>
    protected abstract Task<IReadOnlyList<Member>> MembersAsync(CancellationToken cancellation);

    /// <summary>Asks a node.</summary>
    /// <exception cref="WireException">It cannot be reached, or does not answer.</exception>
    /// <exception cref="Transport.TransportException">It cannot be reached.</exception>
    protected abstract Task<byte[]> AskAsync(Member member, byte kind, byte[] question, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Whom to ask about a wire: any node knows how to find it, if it has its class.</summary>
    protected abstract IEnumerable<Member> Guides(IReadOnlyList<Member> members);

    private async Task<NodeReport> DescribeAsync(Member member, CancellationToken cancellation)
    {
        try
        {
            byte[] answer = await AskAsync(member, OperatorQuestion.Node, new ByteWriter(), s_answerTime, cancellation).ConfigureAwait(false);
            return Read(answer);
        }
        catch (WireOperatorException e)
        {
            return new NodeReport { Name = member.Name, Address = member.Address, Speed = member.Speed, Build = member.Build, Problem = e.Message };
        }

        static NodeReport Read(byte[] answer)
        {
            var reader = new ByteReader(answer);
            return reader.Node();
        }
    }

    private async Task ListAsync(Member member, string? type, int limit, List<WireReport> wires, CancellationToken cancellation)
    {
        WireId? after = null;
        bool hasMore = true;
        while (hasMore && wires.Count < limit)
        {
            var question = new ByteWriter();
            question.Text(type ?? "");
            question.Byte(after is null ? (byte)0 : (byte)1);
            if (after is { } last)
            {
                question.Write(last);
            }

            question.Number((ulong)Math.Min(limit - wires.Count, OperatorDesk.MaxPage));
            byte[] answer = await AskAsync(member, OperatorQuestion.List, question, s_answerTime, cancellation).ConfigureAwait(false);
            int before = wires.Count;
            hasMore = Read(answer) && wires.Count > before;
            after = hasMore ? wires[^1].Id : null;
        }

        bool Read(byte[] answer)
        {
            var reader = new ByteReader(answer);
            bool more = reader.Flag();
            wires.AddRange(reader.Wires(member.Name));
            return more;
        }
    }

    private async Task<(PinReason Pin, string? Node)> LookForAsync(WireId wire, CancellationToken cancellation)
    {
        var question = new ByteWriter();
        question.Write(wire);
        byte[] answer = await AskGuideAsync(OperatorQuestion.Why, question, s_answerTime + s_answerTime, cancellation).ConfigureAwait(false);
        (PinReason pin, string place) = ReadPlace(answer);
        return (pin, place.Length > 0 ? place : null);
    }

    private async Task<string> MoveAsync(byte kind, WireId wire, ByteWriter question, CancellationToken cancellation)
    {
        byte[] answer = await AskGuideAsync(kind, question, s_moveTime, cancellation).ConfigureAwait(false);
        (PinReason pin, string place) = ReadPlace(answer);
        return pin.Kind == PinKind.None ? place : throw new WireMigrationException(wire, pin);
    }

    private static (PinReason Pin, string Place) ReadPlace(byte[] answer)
    {
        var reader = new ByteReader(answer);
        return (reader.Pin(), reader.Text());
    }

    private async Task MarkAsync(string node, NodeMarks mark, bool isSet, CancellationToken cancellation)
    {
        Member member = await FindAsync(node, cancellation).ConfigureAwait(false);
        var question = new ByteWriter();
        question.Byte((byte)mark);
        question.Byte(isSet ? (byte)1 : (byte)0);
        await AskAsync(member, OperatorQuestion.Mark, question, s_answerTime, cancellation).ConfigureAwait(false);
    }

    private async Task<Member> FindAsync(string node, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(node);
        IReadOnlyList<Member> members = await MembersAsync(cancellation).ConfigureAwait(false);
        Member[] named = [.. members.Where(member => string.Equals(member.Name, node, StringComparison.Ordinal))];
        return named switch
        {
            [Member member] => member,
            [] => throw new WireOperatorException($"No node {node} is a member of the cluster; these are: {string.Join(", ", members.Select(static member => member.Name))}."),
            _ => throw new WireOperatorException($"{named.Length} nodes are called {node}: give each a name of its own ({nameof(WiresOptions.NodeName)})."),
        };
    }

    private async Task<byte[]> AskGuideAsync(byte kind, ByteWriter question, TimeSpan timeout, CancellationToken cancellation)
    {
        WireOperatorException? refusal = null;
        foreach (Member guide in Guides(await MembersAsync(cancellation).ConfigureAwait(false)))
        {
            try
            {
                return await AskAsync(guide, kind, question, timeout, cancellation).ConfigureAwait(false);
            }
            catch (WireOperatorException e)
            {
                refusal ??= e;
            }
        }

        throw refusal ?? new WireOperatorException("The cluster has no nodes.");
    }

    /// <summary>Asks a node; what it answers follows its first byte.</summary>
    /// <exception cref="WireOperatorException">It refuses, or cannot be reached.</exception>
    private async Task<byte[]> AskAsync(Member member, byte kind, ByteWriter question, TimeSpan timeout, CancellationToken cancellation)
    {
        byte[] answer;
        try
        {
            answer = await AskAsync(member, kind, question.ToArray(), timeout, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is (WireException and not WireOperatorException) or Transport.TransportException)
        {
            throw new WireOperatorException(e.Message, e);
        }

        return Read(answer);

        static byte[] Read(byte[] answer)
        {
            var reader = new ByteReader(answer);
            return reader.Byte() == OperatorDesk.Answered ? answer[1..] : throw new WireOperatorException(reader.Text());
        }
    }
}
