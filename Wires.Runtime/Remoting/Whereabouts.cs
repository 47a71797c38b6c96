namespace Wires.Remoting;

/// <summary>Where a wire is, as far as this node knows.</summary>
internal enum Whereabouts
{
    /// <summary>On this node, or it may come to life here.</summary>
    Here,

    /// <summary>On another node, or that one knows.</summary>
    Elsewhere,

    /// <summary>Nowhere: it is the deputy at a node that is no member.</summary>
    Gone,

    /// <summary>Its slot is between two homes, or this node has not joined.</summary>
    Unsettled,
}
