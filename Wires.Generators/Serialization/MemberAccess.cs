namespace Wires.Generators.Serialization;

/// <summary>How generated code gets at a member.</summary>
internal enum MemberAccess
{
    None,

    /// <summary><c>value.Name</c>.</summary>
    Direct,

    /// <summary><c>new T { Name = … }</c>: init accessors and required members.</summary>
    Initializer,

    /// <summary>By an unsafe accessor that returns a reference to the field.</summary>
    Field,

    /// <summary>By an unsafe accessor of the property's get or set method.</summary>
    Method,
}
