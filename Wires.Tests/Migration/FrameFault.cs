using System.Collections.Concurrent;
using System.Text;
using Wires.Migration;
using Wires.Remoting;
using Wires.Tests.Cluster;
using Wires.Transport;
using FrameKind = Wires.Remoting.FrameKind;

namespace Wires.Tests.Migration;

/// <summary>What befalls a frame on its way.</summary>
public enum Mishap
{
    /// <summary>It is lost with its connection.</summary>
    Lost,

    /// <summary>It alone is lost.</summary>
    Swallowed,

    /// <summary>Others overtake it.</summary>
    Late,

    /// <summary>It comes when nobody waits for it any more.</summary>
    TooLate,

    /// <summary>It comes twice.</summary>
    Doubled,
}

/// <summary>A frame of a move that something befalls, once.</summary>
/// <param name="kind">A <see cref="MigrationQuestion"/>; 0 for a part of an image.</param>
/// <param name="isAnswer">Whether it is the answer to that question.</param>
/// <param name="mishap">What befalls it.</param>
/// <param name="chance">Where there is a choice.</param>
internal sealed class FrameFault(byte kind, bool isAnswer, Mishap mishap, int chance)
{
    private readonly ConcurrentDictionary<(long Asker, long Answerer, long Number), byte> _asked = new();
    private int _parts;
    private int _hasStruck;

    public LocalNode? Source { get; set; }

    public LocalNode? Target { get; set; }

    public string Key { get; set; } = "";

    public bool IsArmed { get; set; }

    public bool HasStruck => _hasStruck != 0;

    /// <summary>How long its asker waits, at most.</summary>
    private TimeSpan Patience => TimeSpan.FromSeconds(kind switch
    {
        0 => 0.3,
        MigrationQuestion.Offer or MigrationQuestion.Record => 5,
        MigrationQuestion.Prepare => MessageFaultTests.RebuildSeconds,
        MigrationQuestion.Move => 5 + (2 * MessageFaultTests.MigrationSeconds),
        _ => 2,
    });

    /// <summary>As a <see cref="FrameProbe"/>.</summary>
    public bool Pass(ClusterNode node, Connection connection, ReadOnlySpan<byte> frame)
    {
        if (!IsArmed || !IsIt(node.Incarnation, connection.Peer.Incarnation, frame) || Interlocked.Exchange(ref _hasStruck, 1) != 0)
        {
            return true;
        }

        switch (mishap)
        {
            case Mishap.Lost:
                connection.Abort(new TransportException(TransportFault.Unreachable, "A test has cut it."));
                return false;
            case Mishap.Swallowed:
                return false;
            case Mishap.Doubled:
                node.Hear(connection, frame);
                return true;
            default:
                _ = HearLaterAsync(node, connection, frame.ToArray(), mishap == Mishap.Late ? TimeSpan.FromMilliseconds(chance % 200) : Patience + TimeSpan.FromMilliseconds(300));
                return false;
        }
    }

    public override string ToString() =>
        $"{mishap} {(kind == 0 ? "image" : typeof(MigrationQuestion).GetFields().First(field => Equals(field.GetRawConstantValue(), kind)).Name)}{(isAnswer ? "'s answer" : "")} of {Key} from {Source} to {Target}";

    private static async Task HearLaterAsync(ClusterNode node, Connection connection, byte[] frame, TimeSpan delay)
    {
        await Task.Delay(delay);
        if (!connection.IsClosed)
        {
            Clusters.Hear(node, connection, frame);
        }
    }

    private bool IsIt(long to, long from, ReadOnlySpan<byte> frame)
    {
        switch ((FrameKind)frame[0])
        {
            case FrameKind.Image:
                return kind == 0 && IsFromSourceToTarget(from, to) && Interlocked.Increment(ref _parts) - 1 == chance % MessageFaultTests.Parts;
            case FrameKind.Question when kind != 0 && frame[9] == kind && (IsAboutOne ? Names(frame) : IsFromSourceToTarget(from, to)):
                _asked[(from, to, BitConverter.ToInt64(frame[1..]))] = 0;
                return !isAnswer;
            case FrameKind.Answer:
                return isAnswer && _asked.ContainsKey((to, from, BitConverter.ToInt64(frame[1..])));
            default:
                return false;
        }
    }

    private bool IsAboutOne => kind is MigrationQuestion.Record or MigrationQuestion.Move;

    private bool IsFromSourceToTarget(long from, long to) => from == Source!.Inner.Cluster!.Incarnation && to == Target!.Inner.Cluster!.Incarnation;

    private bool Names(ReadOnlySpan<byte> frame) => frame.IndexOf(Encoding.UTF8.GetBytes(Key)) >= 0;
}
