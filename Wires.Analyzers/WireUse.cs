namespace Wires.Analyzers;

/// <summary>How a compilation uses Wires, which decides what rules run in it.</summary>
[Flags]
internal enum WireUse
{
    None = 0,

    /// <summary>It declares a <c>[Wire]</c> class.</summary>
    Class = 1,

    /// <summary>It writes one of our attributes, on a wire class or elsewhere.</summary>
    Attribute = 2,

    /// <summary>It, or an assembly that it references, declares wire classes, so refs can be held and called.</summary>
    Ref = 4,

    /// <summary>It declares a <c>[Home]</c> interface.</summary>
    Home = 8,
}
