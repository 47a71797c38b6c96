namespace Wires.Generators.Serialization;

/// <summary>How a new object comes to be.</summary>
internal enum ConstructionKind
{
    /// <summary><c>new T(…)</c>.</summary>
    New,

    /// <summary>An unsafe accessor of a constructor that is not accessible.</summary>
    Accessor,

    /// <summary><c>default(T)</c>: a struct.</summary>
    Default,

    /// <summary>An object whose constructor has not run; every field is set afterwards.</summary>
    Uninitialized,
}
