namespace Wires.Infrastructure;

/// <summary>What there is for the consumer of a stream.</summary>
internal enum StreamStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>An item.</summary>
    Item,

    /// <summary>No more.</summary>
    End,
}
