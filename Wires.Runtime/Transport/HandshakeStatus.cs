namespace Wires.Transport;

/// <summary>The acceptor's verdict, the first byte of its last message.</summary>
internal enum HandshakeStatus : byte
{
    Welcome = 0,
    WrongSecret = 1,
    TooManyConnections = 2,
    Refused = 3,
}
