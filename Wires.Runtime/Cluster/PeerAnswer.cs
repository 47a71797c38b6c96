namespace Wires.Cluster;

/// <summary>The first byte of an answer.</summary>
internal enum PeerAnswer : byte
{
    No = 0,
    Yes = 1,

    /// <summary>Of another view, and the later one follows.</summary>
    YouAreBehind = 2,

    /// <summary>Of another view: tell me the news.</summary>
    IAmBehind = 3,
}
