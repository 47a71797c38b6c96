namespace Wires;

/// <summary>
/// A name that this field or property of a wire had in an older build. Rule WIRE3004 then takes it for the state that the manifest has under that name,
/// and not for new state beside a lost one. One attribute for each former name.
/// </summary>
/// <param name="name">The former name, as it was declared.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The former name, as it was declared.</summary>
    public string Name { get; } = name;
}
