namespace Wires;

/// <summary>Why a wire cannot move to another node now: see <see cref="PinReason"/>.</summary>
public enum PinKind
{
    /// <summary>Nothing keeps it.</summary>
    None,

    /// <summary>It is not alive on the node that was asked.</summary>
    NotHere,

    /// <summary>A method of it is suspended at an <c>await</c>. It moves once the method has ended.</summary>
    Suspended,

    /// <summary>A stream that it produces has not ended.</summary>
    Streaming,

    /// <summary>A turn of it does not end.</summary>
    GreedyTurn,

    /// <summary>A state field holds what cannot be written.</summary>
    State,

    /// <summary>Calls that it has made still look for the way to their wires.</summary>
    CallsUnderWay,

    /// <summary>It is on its way already.</summary>
    Moving,

    /// <summary>The operator, or the node's settings, keep it where it is.</summary>
    Stays,

    /// <summary>The other node is not there, takes no wires, or cannot take this one.</summary>
    Target,

    /// <summary>The home of the wire, which has to agree, did not.</summary>
    Home,

    /// <summary>The node belongs to no cluster, or is about to leave it.</summary>
    NoCluster,

    /// <summary>It is a deputy: it serves a <see cref="HomeAttribute"/> interface for a wire, at that wire's home.</summary>
    Deputy,
}
