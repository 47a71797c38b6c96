namespace Wires.Generators.Models;

/// <summary>One field that travels.</summary>
internal sealed record StateFieldModel
{
    /// <summary>The name in the layout: that of the property where it is the field behind one.</summary>
    public required string Name { get; init; }

    public required TypeModel Type { get; init; }

    /// <summary>The field as an expression that can be read and assigned; the wire is <c>self</c>.</summary>
    public required string Access { get; init; }

    /// <summary>An accessor that the descriptor has to declare, if the field needs one of its own there.</summary>
    public required AccessorModel? Accessor { get; init; }
}
