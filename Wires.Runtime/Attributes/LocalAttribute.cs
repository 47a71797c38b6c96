namespace Wires;

/// <summary>The field does not travel: after every attach it holds what the constructor left in it. See <see cref="IAttached"/>.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LocalAttribute : Attribute;
