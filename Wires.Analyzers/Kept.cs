namespace Wires.Analyzers;

/// <summary>What becomes of an argument when the call is over.</summary>
[Flags]
internal enum Kept
{
    /// <summary>Nothing, as far as can be seen.</summary>
    None = 0,

    /// <summary>The object that was called holds it.</summary>
    InReceiver = 1,

    /// <summary>A static holds it.</summary>
    InStatic = 2,
}
