namespace Wires.Remoting;

/// <summary>A stream that is about to be opened on another node.</summary>
internal interface IRemoteStreamOpener
{
    /// <summary>Notes where the stream comes from.</summary>
    /// <returns>How many items may come at first, and whether anybody still wants them.</returns>
    (int Credit, bool IsOpen) Opens(Peer peer, long number);
}
