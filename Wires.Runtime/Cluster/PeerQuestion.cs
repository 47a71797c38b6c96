namespace Wires.Cluster;

/// <summary>What members ask each other.</summary>
internal enum PeerQuestion : byte
{
    /// <summary>Promise me not to let anyone claim what I own, while the coordinator is away.</summary>
    Extend = 1,

    /// <summary>I take a member for dead: promise not to extend it.</summary>
    AcknowledgeClaim = 2,

    /// <summary>These slots are mine now: which of their wires live with you?</summary>
    Recover = 3,

    /// <summary>You are behind: here is the view.</summary>
    ViewNews = 4,
}
