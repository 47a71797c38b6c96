namespace Wires;

/// <summary>
/// States that wires may share this static, or statics of this type, because all of its uses are safe on many threads at once. Rule WIRE1001 lets it pass then.
/// What it holds belongs to one node all the same: a wire that moves finds that of the node it comes to.
/// </summary>
/// <param name="why">What makes it safe, for whoever reads the code next.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SharedSafelyAttribute(string why) : Attribute
{
    /// <summary>What makes it safe.</summary>
    public string Why { get; } = why;
}
