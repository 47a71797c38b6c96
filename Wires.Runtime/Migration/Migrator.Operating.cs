using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Remoting;

namespace Wires.Migration;

// What people, and nodes on their behalf, ask for.
internal sealed partial class Migrator
{
    private const int MaxHops = 8;

    private static readonly TimeSpan s_lookTime = TimeSpan.FromSeconds(1);

    /// <summary>Moves a wire, wherever it lives.</summary>
    public async Task<PinReason> MoveAsync(WireHandle handle, Member target, CancellationToken cancellation)
    {
        var question = new ByteWriter();
        question.Text(handle.Type.Name);
        question.Key(handle.Key);
        question.Fixed(target.Incarnation);
        (PinReason pin, _) = await AskWhereItLivesAsync(handle, MigrationQuestion.Move, question.ToArray(), wire => OrderAsync(wire, target), Patience + Patience, cancellation).ConfigureAwait(false);
        return pin;
    }

    /// <summary>Why a wire cannot move, and the node that it lives on; 0 where it is not alive.</summary>
    public Task<(PinReason Pin, long Incarnation)> WhyAsync(WireHandle handle, CancellationToken cancellation)
    {
        var question = new ByteWriter();
        question.Text(handle.Type.Name);
        question.Key(handle.Key);
        return AskWhereItLivesAsync(handle, MigrationQuestion.Why, question.ToArray(), LookAsync, s_lookTime + s_lookTime, cancellation);
    }

    /// <summary>Asks the node that a wire lives on, or does it here.</summary>
    private async Task<(PinReason Pin, long Incarnation)> AskWhereItLivesAsync(
        WireHandle handle, byte kind, byte[] question, Func<Activation, Task<PinReason>> here, TimeSpan patience, CancellationToken cancellation)
    {
        long hint = 0;
        for (int hop = 0; hop < MaxHops; hop++)
        {
            if (hint == 0 || hint == cluster.Incarnation)
            {
                if (Node.Directory.Find(handle) is { IsClosed: false } wire && !_arriving.ContainsKey(handle))
                {
                    return (await here(wire).WaitAsync(cancellation).ConfigureAwait(false), cluster.Incarnation);
                }

                switch (cluster.Locate(handle, out hint))
                {
                    case Whereabouts.Here when !_arriving.ContainsKey(handle):
                    case Whereabouts.Gone:
                        return (NotAlive(handle), 0);
                    case Whereabouts.Here or Whereabouts.Unsettled:
                        hint = 0;
                        await cluster.ChangesAsync(s_longestPause).WaitAsync(cancellation).ConfigureAwait(false);
                        continue;
                    default:
                        break;
                }
            }

            Peer peer = await cluster.PeerAsync(hint).WaitAsync(cancellation).ConfigureAwait(false);
            byte[] answer = await peer.AskAsync(kind, question, patience + s_answerTime, cancellation).ConfigureAwait(false);
            (PinReason pin, long elsewhere) = DecodePin(answer);
            if (pin.Kind != PinKind.NotHere)
            {
                return (pin, hint);
            }

            if (elsewhere == hint)
            {
                return (NotAlive(handle), 0);
            }

            hint = elsewhere;
            if (hint == 0)
            {
                await cluster.ChangesAsync(s_firstPause).ConfigureAwait(false);
            }
        }

        return (new PinReason(PinKind.NotHere, "the nodes do not agree on where it is; try again"), 0);
    }

    private static PinReason NotAlive(WireHandle handle) => new(PinKind.NotHere, $"it is not alive: the next call of {handle.Id} brings it to life");

    private async Task<byte[]> AnswerMoveAsync(byte[] question)
    {
        (WireHandle handle, long incarnation) = Read(question);
        if (cluster.Member?.CurrentView?.Find(incarnation) is not { } target)
        {
            return Encode(new PinReason(PinKind.Target, "the node that it is to move to is no member of the cluster"), 0);
        }

        return await AnswerHereAsync(handle, wire => OrderAsync(wire, target)).ConfigureAwait(false);

        (WireHandle, long) Read(byte[] bytes)
        {
            var reader = new ByteReader(bytes);
            return (Node.HandleOf(WireRegistry.GetType(reader.Text()), reader.Key()), reader.Fixed());
        }
    }

    private Task<byte[]> AnswerWhyAsync(byte[] question)
    {
        var reader = new ByteReader(question);
        return AnswerHereAsync(Node.HandleOf(WireRegistry.GetType(reader.Text()), reader.Key()), LookAsync);
    }

    private async Task<byte[]> AnswerHereAsync(WireHandle handle, Func<Activation, Task<PinReason>> here)
    {
        if (Node.Directory.Find(handle) is { IsClosed: false } wire && !_arriving.ContainsKey(handle))
        {
            return Encode(await here(wire).ConfigureAwait(false), 0);
        }

        if (_arriving.ContainsKey(handle))
        {
            // In a moment.
            return Encode(new PinReason(PinKind.NotHere, ""), 0);
        }

        Whereabouts where = cluster.Locate(handle, out long elsewhere);
        if (where == Whereabouts.Elsewhere && elsewhere == HomeOf(handle) && WentTo(handle) is var lately and not 0)
        {
            elsewhere = lately;
        }

        return Encode(new PinReason(PinKind.NotHere, ""), where == Whereabouts.Here ? cluster.Incarnation : elsewhere);
    }

    /// <summary>Looks in a turn of the wire; where none comes, its present one does not end.</summary>
    private async Task<PinReason> LookAsync(Activation wire)
    {
        var seen = new TaskCompletionSource<PinReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        wire.Post(new LifeRequest(wire => seen.TrySetResult(Look_OnTurn(wire))), bounded: false);
        try
        {
            return await seen.Task.WaitAsync(s_lookTime, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return wire.AsideOrNull?.Departure is not null ? new PinReason(PinKind.Moving, "it is on its way already")
                : new PinReason(PinKind.GreedyTurn, $"its present turn ({wire.RunningMethod?.Signature ?? "unknown"}) has not ended for {s_lookTime.TotalSeconds:0} s: an await in it, Wire.Yield() at the least, lets it move");
        }
    }

    private static PinReason Look_OnTurn(Activation wire)
    {
        PinReason pin = wire.GetPin_OnTurn();
        if (pin.Kind != PinKind.None)
        {
            return pin;
        }

        try
        {
            WireImage.Write(new ImageBuffer(), wire, epoch: 0, ticks: []);
            return wire.Node.StaysHere ? wire.Node.StayReason : PinReason.None;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return PinnedBy(e);
        }
    }

    /// <summary>What is in the way of a wire whose image could not be written.</summary>
    public static PinReason PinnedBy(Exception e) => e is Serialization.WireSerializationException { IsOfStack: true }
        ? new(PinKind.Suspended, $"{e.Message.TrimEnd('.')}: it moves once that has ended")
        : new(PinKind.State, $"its state cannot be written: {e.Message} Mark a field that may stay behind [Local]");

    private static byte[] Encode(PinReason pin, long elsewhere)
    {
        var writer = new ByteWriter();
        writer.Byte((byte)pin.Kind);
        writer.Text(pin.Text);
        writer.Fixed(elsewhere);
        return writer.ToArray();
    }

    private static (PinReason Pin, long Elsewhere) DecodePin(byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        return (new PinReason((PinKind)reader.Byte(), reader.Text()), reader.Fixed());
    }
}
