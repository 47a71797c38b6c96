namespace Wires.Transport;

/// <summary>The first byte of a frame's body. What is below <see cref="FirstOfUpperLayer"/> is the transport's own.</summary>
internal static class FrameKind
{
    public const byte Ping = 1;
    public const byte Pong = 2;

    /// <summary>The sender closes; the rest is the reason, in UTF-8.</summary>
    public const byte Goodbye = 3;

    public const byte FirstOfUpperLayer = 0x10;
}
