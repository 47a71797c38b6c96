namespace Wires.Balancing;

/// <summary>What nodes tell and ask each other about load. Beside the questions of the membership and of moves.</summary>
internal static class BalancingQuestion
{
    /// <summary>Load news.</summary>
    public const byte News = 0xE1;

    /// <summary>Whether wires of so much work may come.</summary>
    public const byte Grant = 0xE2;

    /// <summary>Wires that are offered, for others in return.</summary>
    public const byte Exchange = 0xE3;

    /// <summary>Which wires have called which.</summary>
    public const byte Met = 0xE4;

    public static bool IsOne(byte kind) => kind is >= News and <= Met;
}
