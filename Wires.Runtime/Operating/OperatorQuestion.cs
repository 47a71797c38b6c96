namespace Wires.Operating;

/// <summary>What operators ask nodes: members on their behalf, or clients, who may ask nothing else. Beside the questions of the membership and of moves.</summary>
internal static class OperatorQuestion
{
    /// <summary>How are you.</summary>
    public const byte Node = 0xD0;

    /// <summary>A page of the wires that live with you.</summary>
    public const byte List = 0xD1;

    /// <summary>The busiest wires that live with you.</summary>
    public const byte Busiest = 0xD2;

    /// <summary>Where a wire lives, and what keeps it there.</summary>
    public const byte Why = 0xD3;

    /// <summary>Have a wire moved, wherever it lives.</summary>
    public const byte Migrate = 0xD4;

    /// <summary>Have a wire moved to its home.</summary>
    public const byte Bring = 0xD5;

    /// <summary>Take, or take off, a mark.</summary>
    public const byte Mark = 0xD6;

    /// <summary>Send your guests away; or how far you are with that.</summary>
    public const byte Expel = 0xD7;

    /// <summary>Send all your wires away and leave; or how far you are with that.</summary>
    public const byte Drain = 0xD8;

    public static bool IsOne(byte kind) => kind is >= Node and <= Drain;
}
