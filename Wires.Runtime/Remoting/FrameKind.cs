namespace Wires.Remoting;

/// <summary>What a frame between nodes says: its first byte. Values below 0x10 are the transport's own.</summary>
internal enum FrameKind : byte
{
    /// <summary>Names a wire by a number, for later frames of this connection.</summary>
    Define = 0x10,

    /// <summary>A call that is answered.</summary>
    Call = 0x11,

    /// <summary>A call that is not.</summary>
    OneWay = 0x12,

    /// <summary>Opens a stream.</summary>
    Stream = 0x13,

    /// <summary>The answer of a call: its result.</summary>
    Result = 0x14,

    /// <summary>The answer of a call: why it failed.</summary>
    Fault = 0x15,

    /// <summary>The caller wants a call to end early.</summary>
    Cancel = 0x16,

    /// <summary>The wire is not here: the whole call comes back, and a hint where the wire may be.</summary>
    Bounce = 0x17,

    /// <summary>To be acknowledged once all that was sent before it has been taken or bounced.</summary>
    Flush = 0x18,

    /// <summary>The answer to <see cref="Flush"/>.</summary>
    Flushed = 0x19,

    /// <summary>So many more one-way calls may be sent to a wire.</summary>
    Room = 0x1A,

    /// <summary>An item of a stream.</summary>
    Item = 0x1B,

    /// <summary>The end of a stream, or why it failed.</summary>
    End = 0x1C,

    /// <summary>So many more items of a stream may be sent.</summary>
    Credit = 0x1D,

    /// <summary>Nobody takes items of a stream any more.</summary>
    Close = 0x1E,

    /// <summary>A question of the cluster's own.</summary>
    Question = 0x1F,

    /// <summary>The answer to a <see cref="Question"/>.</summary>
    Answer = 0x20,

    /// <summary>A part of the image of a wire that comes.</summary>
    Image = 0x21,

    /// <summary>This node is about to leave: it has no wires any more. Send it nothing more, and say when all is through.</summary>
    Leaving = 0x22,

    /// <summary>The answer to <see cref="Leaving"/>: nothing is under way any more.</summary>
    Drained = 0x23,

    /// <summary>A call has moved with the wire that works on it, in the middle of the method: its answer is to be asked for at another node.</summary>
    Moved = 0x24,

    /// <summary>Asks for the outcome of a call that was not made by this connection, as one of its two wires has moved.</summary>
    Adopt = 0x25,

    /// <summary>The number of a wire is not needed any more. Answered by <see cref="Answer"/>: only if none of its calls is left may the number be given to another wire.</summary>
    Undefine = 0x26,

    /// <summary>A stream has moved with the wire that produces it: what follows of it is to be asked for at another node. Nothing more of it comes this way.</summary>
    StreamMoved = 0x27,

    /// <summary>Asks for what follows of a stream that was not opened by this connection, as the wire that produces it has moved; with the credit of its consumer.</summary>
    AdoptStream = 0x28,

    /// <summary>The consumer of a stream has moved: another node will ask for what follows of it. Answered by <see cref="StreamMoved"/>, behind the last item that comes this way.</summary>
    ReleaseStream = 0x29,
}
