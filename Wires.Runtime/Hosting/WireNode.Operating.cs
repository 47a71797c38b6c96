using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wires.Operating;

namespace Wires;

// What operators tell a node, and how it goes when it is told to go.
internal sealed partial class WireNode
{
    private volatile int _marks;

    /// <summary>What the node was told. Outlives its incarnations, not its process.</summary>
    public NodeMarks Marks => (NodeMarks)_marks;

    /// <summary>Whether an operator keeps guests away.</summary>
    internal bool BlocksGuests
    {
        get => Marks.HasFlag(NodeMarks.Blocked);
        set => SetMark(NodeMarks.Blocked, value);
    }

    /// <summary>Whether wires leave by an operator's order only.</summary>
    internal bool StaysHere
    {
        get => Marks.HasFlag(NodeMarks.Staying);
        set => SetMark(NodeMarks.Staying, value);
    }

    /// <summary>Whether an operator has all wires sent away.</summary>
    internal bool IsDraining
    {
        get => Marks.HasFlag(NodeMarks.Draining);
        set => SetMark(NodeMarks.Draining, value);
    }

    /// <summary>Why no wires of other nodes may come; null if they may.</summary>
    public string? RefusesGuests =>
        _isStopping ? $"node {Name} is stopping"
        : IsDraining ? $"node {Name} is being drained"
        : BlocksGuests ? $"node {Name} is blocked: unblock it first"
        : _options.Cluster.RefusesGuests ? $"node {Name} takes no wires of others ({nameof(WiresClusterOptions.RefusesGuests)})"
        : null;

    public PinReason StayReason => new(PinKind.Stays, $"node {Name} keeps its wires until an operator orders otherwise (stay)");

    /// <summary>Answers operators.</summary>
    internal OperatorDesk Desk => field ?? Interlocked.CompareExchange(ref field, new OperatorDesk(this), null) ?? field;

    public IWireOperator Operator => field ?? Interlocked.CompareExchange(ref field, new NodeOperator(this), null) ?? field;

    internal void SetMark(NodeMarks mark, bool isSet)
    {
        if (isSet)
        {
            Interlocked.Or(ref _marks, (int)mark);
        }
        else
        {
            Interlocked.And(ref _marks, ~(int)mark);
        }
    }

    /// <summary>Sends all guests away, or as many as go.</summary>
    internal async Task ExpelAsync(Emptying emptying, TimeSpan patience)
    {
        await emptying.RunAsync(untilNone: false, patience, _ended.Token).ConfigureAwait(false);
        emptying.Phase = EmptyingPhase.Done;
    }

    /// <summary>Sends all wires away and leaves. Refused where some cannot go: then the node stays, and serves them.</summary>
    internal async Task DrainAsync(Emptying emptying, TimeSpan patience)
    {
        IsDraining = true;
        bool isEmpty = false;
        try
        {
            // First what is here, while the node could still go on as if nothing had been: what stays for good is found now. Then the slots, so that nothing new comes to life, and what has meanwhile.
            isEmpty = await emptying.RunAsync(untilNone: false, patience, _ended.Token).ConfigureAwait(false);
            if (isEmpty)
            {
                await HandOverAsync(_ended.Token).ConfigureAwait(false);
                isEmpty = await emptying.RunAsync(untilNone: true, patience, _ended.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            IsDraining = isEmpty;
        }

        if (!isEmpty)
        {
            emptying.Phase = EmptyingPhase.Refused;
            return;
        }

        emptying.Phase = EmptyingPhase.Leaving;
        if (Services.GetService<IHostApplicationLifetime>() is { } host)
        {
            // The node is the last that the host stops: what it serves meanwhile may call wires, which are on other nodes by now.
            host.StopApplication();
        }
        else
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
