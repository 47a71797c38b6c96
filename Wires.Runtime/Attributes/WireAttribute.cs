namespace Wires;

/// <summary>Marks a partial class as a wire: its public methods become messages, its instance fields its state.</summary>
/// <remarks>The source generator emits <c>{Name}Ref</c>, the mailbox proxy that callers hold. See <c>docs/wires.md</c>.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WireAttribute : Attribute
{
    /// <summary>The name of the wire type between nodes and in storage. Default: the full name of the class.</summary>
    public string? Name { get; set; }

    /// <summary>How long a wire may be idle before it is deactivated, as a <see cref="TimeSpan"/> string (<c>"00:10:00"</c>). Default: never.</summary>
    public string? IdleAfter { get; set; }

    /// <summary>How many calls may wait in the mailbox of one wire. 0: <see cref="WiresOptions.MailboxCapacity"/>.</summary>
    public int MailboxCapacity { get; set; }

    /// <summary>The deadline of calls to wires of this class, as a <see cref="TimeSpan"/> string. Default: <see cref="WiresOptions.CallTimeout"/>.</summary>
    public string? CallTimeout { get; set; }
}
