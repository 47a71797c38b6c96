using Wires.Migration;

namespace Wires.Mailboxes;

/// <summary>What few wires have and other threads give them: apart, as every idle wire pays for its fields.</summary>
internal sealed class ActivationAside
{
    /// <summary>What stands here for calls that the wire had made when it moved.</summary>
    public Mobility.Stacks.Deputies? Deputies;

    /// <summary>The thread that the wire runs on, once it has held others too long.</summary>
    public GreedyLane? Lane;

    /// <summary>The move that the wire is asked for or is in; set by whoever asks, taken by the wire's turn.</summary>
    public Departure? Departure;

    /// <summary>The name of the node that is the wire's home, where that is not the node that it lives on.</summary>
    public string? Home;

    /// <summary>What the wire does, where it was seen doing something of late and balancing is on.</summary>
    public Balancing.WorkAccount? Account;

    private WaitingRoom? _waitingRoom;

    /// <summary>One-way callers that wait for room; made by the first of them.</summary>
    public WaitingRoom? WaitingRoom => Volatile.Read(ref _waitingRoom);

    public WaitingRoom GetWaitingRoom() => _waitingRoom ?? Interlocked.CompareExchange(ref _waitingRoom, new WaitingRoom(), null) ?? _waitingRoom!;
}
