namespace Wires.Transport;

/// <summary>Why a connection could not be made, or has ended.</summary>
internal enum TransportFault
{
    /// <summary>Nobody answers at the address, or the peer has gone without a word.</summary>
    Unreachable,
    TimedOut,
    WrongSecret,
    OtherVersion,

    /// <summary>Another node, or the same one started anew, answers at the address. Proven, unlike the rest of what a refusal says.</summary>
    OtherIncarnation,
    CertificateRefused,
    TooManyConnections,

    /// <summary>The peer has said goodbye.</summary>
    PeerClosed,

    /// <summary>The peer was not heard, or did not read, for longer than <see cref="TransportOptions.PeerTimeout"/>.</summary>
    PeerDead,

    /// <summary>The peer has sent what is no frame or no handshake.</summary>
    Malformed,
    FrameTooLarge,

    /// <summary>This node's lease has ended: it must not speak any more.</summary>
    Fenced,

    /// <summary>The upper layer threw.</summary>
    HandlerFailed,

    /// <summary>This end closes.</summary>
    Stopped,
}
