using System.Runtime.CompilerServices;
using Wires.Cluster;
using Wires.Infrastructure;
using Wires.Mailboxes;

namespace Wires.Operating;

/// <summary>Where a node answers operators. What is asked may come from anybody who knows the cluster's secret: it is read with care, and every answer is bounded.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody takes has nothing to dispose of.
internal sealed partial class OperatorDesk(WireNode node)
#pragma warning restore CA1001
{
    /// <summary>The first byte of an answer: what was asked for follows.</summary>
    public const byte Answered = 0;

    /// <summary>The first byte of an answer: a text follows that says why it was refused.</summary>
    public const byte Refused = 1;

    public const int MaxPage = 1000;

    /// <summary>Questions that look at all wires: some at a time, whoever asks.</summary>
    private readonly SemaphoreSlim _looking = new(2);
    private readonly LoadSampler _load = new();
    private readonly long _started = Environment.TickCount64;
    private readonly Lock _lock = new();
    private Emptying? _expelling;
    private Emptying? _draining;

    /// <exception cref="InvalidDataException">It is no question.</exception>
    public async Task<byte[]> AnswerAsync(byte kind, byte[] question)
    {
        var answer = new ByteWriter();
        answer.Byte(Answered);
        try
        {
            await AnswerAsync(kind, question, answer).ConfigureAwait(false);
        }
        catch (WireException e)
        {
            answer = new ByteWriter();
            answer.Byte(Refused);
            answer.Text(e.Message);
        }

        return answer.ToArray();
    }

    private async Task AnswerAsync(byte kind, byte[] question, ByteWriter answer)
    {
        switch (kind)
        {
            case OperatorQuestion.Node:
                answer.Write(Describe());
                break;
            case OperatorQuestion.List:
            case OperatorQuestion.Busiest:
                await _looking.WaitAsync().ConfigureAwait(false);
                try
                {
                    if (kind == OperatorQuestion.List)
                    {
                        List(question, answer);
                    }
                    else
                    {
                        await LookAsync(ReadLimit(question), answer).ConfigureAwait(false);
                    }
                }
                finally
                {
                    _looking.Release();
                }

                break;
            case OperatorQuestion.Why:
                (PinReason pin, string? place) = await node.LookForAsync(ReadWire(question)).ConfigureAwait(false);
                answer.Write(pin);
                answer.Text(place ?? "");
                break;
            case OperatorQuestion.Migrate:
                (WireId wire, string to) = ReadMove(question);
                await MoveAsync(answer, async () =>
                {
                    await node.MigrateAsync(wire, to).ConfigureAwait(false);
                    return to;
                }).ConfigureAwait(false);
                break;
            case OperatorQuestion.Bring:
                WireId brought = ReadWire(question);
                await MoveAsync(answer, () => node.BringAsync(brought)).ConfigureAwait(false);
                break;
            case OperatorQuestion.Mark:
                Mark(question);
                break;
            case OperatorQuestion.Expel:
                Empty(question, answer, ref _expelling, everything: false, node.ExpelAsync);
                break;
            case OperatorQuestion.Drain:
                Empty(question, answer, ref _draining, everything: true, node.DrainAsync);
                break;
            default:
                throw ByteReader.Invalid();
        }
    }

    private NodeReport Describe()
    {
        Member? self = node.Cluster is { Member.CurrentView: { } view } cluster ? view.Find(cluster.Incarnation) : null;
        int wires = 0;
        int guests = 0;
        foreach (Activation wire in node.Directory.All())
        {
            wires += wire.IsClosed ? 0 : 1;
            guests += !wire.IsClosed && IsGuest(wire) ? 1 : 0;
        }

        return new NodeReport
        {
            Name = node.Name,
            Address = self?.Address ?? "",
            Speed = self?.Speed ?? node.Options.Cluster.Speed,
            Build = Remoting.BuildId.Current,
            Cores = Environment.ProcessorCount,
            Slots = self is null ? 0 : Enumerable.Range(0, Slots.Count).Count(slot => node.Cluster?.Member?.CurrentView?.OwnerOf(slot) == self.Incarnation),
            Wires = wires,
            Guests = guests,
            Load = _load.Look(),
            Memory = Environment.WorkingSet,
            MemoryLimit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Uptime = TimeSpan.FromMilliseconds(Environment.TickCount64 - _started),
            Protocol = new Transport.TransportOptions().ProtocolVersion,
            Marks = node.Marks,
        };
    }

    private bool IsGuest(Activation wire) => !wire.Type.IsDeputy && node.Cluster is { Member.CurrentView: { } view } cluster && view.OwnerOf(wire.Handle.Slot) != cluster.Incarnation;

    private static int ReadLimit(byte[] question)
    {
        var reader = new ByteReader(question);
        return reader.Number(MaxPage);
    }

    private static WireId ReadWire(byte[] question)
    {
        var reader = new ByteReader(question);
        return reader.Wire();
    }

    private static (WireId Wire, string To) ReadMove(byte[] question)
    {
        var reader = new ByteReader(question);
        return (reader.Wire(), reader.Text());
    }

    private static async Task MoveAsync(ByteWriter answer, Func<Task<string>> move)
    {
        PinReason pin = PinReason.None;
        string place = "";
        try
        {
            place = await move().ConfigureAwait(false);
        }
        catch (WireMigrationException e)
        {
            pin = e.Reason;
        }

        answer.Write(pin);
        answer.Text(place);
    }

    private void Mark(byte[] question)
    {
        var reader = new ByteReader(question);
        var mark = (NodeMarks)reader.Byte();
        bool isSet = reader.Flag();
        if (mark is not (NodeMarks.Blocked or NodeMarks.Staying))
        {
            throw ByteReader.Invalid();
        }

        node.SetMark(mark, isSet);
        node.Log.Marked(node.Name, mark, isSet);
    }

    /// <summary>Begins to send wires away, or joins who has begun; or says how far it is.</summary>
    private void Empty(byte[] question, ByteWriter answer, ref Emptying? current, bool everything, Func<Emptying, TimeSpan, Task> run, [CallerArgumentExpression(nameof(run))] string what = "")
    {
        var reader = new ByteReader(question);
        long number = reader.Fixed();
        int patience = reader.Number(int.MaxValue);
        Emptying emptying;
        lock (_lock)
        {
            bool isNew = number == 0 && current is not { Phase: EmptyingPhase.Moving or EmptyingPhase.Leaving };
            if (isNew)
            {
                if (node.Cluster is not { IsOver: false, Member.CurrentView.Members.Length: > 1 })
                {
                    throw new WireOperatorException($"Node {node.Name} is alone: there is no node that its wires could go to.");
                }

                var begun = new Emptying(node, everything);
                current = begun;
                _ = Task.Run(() => RunAsync(begun));
            }

            emptying = current is { } known && (number == 0 || known.Number == number) ? known
                : throw new WireOperatorException($"Node {node.Name} does not know of what it was asked to go on with: it has started anew.");
        }

        answer.Fixed(emptying.Number);
        answer.Byte((byte)emptying.Phase);
        answer.Write(emptying.Report);

        async Task RunAsync(Emptying emptying)
        {
            try
            {
                await run(emptying, patience == int.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(patience)).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Whoever asks on is told that it has ended.
                emptying.Phase = EmptyingPhase.Refused;
                node.Log.EmptyingFailed(node.Name, what, e);
            }
        }
    }
}
