namespace Wires.Migration;

/// <summary>What nodes ask each other about wires that move. Beside the questions of the membership.</summary>
internal static class MigrationQuestion
{
    /// <summary>Whether so many wires may come.</summary>
    public const byte Offer = 0xC1;

    /// <summary>All images of a batch have been sent: rebuild the wires.</summary>
    public const byte Prepare = 0xC2;

    /// <summary>Keep these wires until told to run or to drop them, whatever happens to this connection.</summary>
    public const byte Take = 0xC3;

    /// <summary>To the home of wires: they have moved.</summary>
    public const byte Record = 0xC4;

    /// <summary>These wires are yours; and run them, unless it says that calls are still to come which they have to hear first.</summary>
    public const byte Release = 0xC5;

    /// <summary>Forget these wires: they stay where they were.</summary>
    public const byte Drop = 0xC6;

    /// <summary>Move a wire that lives with you.</summary>
    public const byte Move = 0xC7;

    /// <summary>Why a wire that lives with you cannot move.</summary>
    public const byte Why = 0xC8;

    public static bool IsOne(byte kind) => kind is >= Offer and <= Why;
}
