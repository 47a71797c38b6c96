namespace Wires.Generators.Models;

/// <summary>What <c>[Wire]</c> and the implemented interfaces say about all wires of a class. Spans are in ticks.</summary>
internal sealed record WireOptionsModel(long? IdleAfter, long? CallTimeout, int MailboxCapacity, bool NotifiesAttached, bool NotifiesDetaching);
