using Wires.Infrastructure;

namespace Wires.Mailboxes;

/// <summary>A thread's free messages of one method.</summary>
internal struct FreeList
{
    /// <summary>The list in use, at most <see cref="MessageDepot.BatchSize"/> long.</summary>
    public WireMessage? Head;

    /// <summary>A full batch, or null.</summary>
    public WireMessage? Spare;

    public int Count;
}
