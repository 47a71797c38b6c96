using System.ComponentModel;
using System.Runtime.CompilerServices;
using Wires.Serialization;

namespace Wires.Infrastructure;

/// <summary>What the runtime knows of a wire class: generated code derives one singleton per class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WireType
{
    private static int s_count;

    private readonly Dictionary<ulong, WireMethod> _methods;

    /// <summary>Describes a wire class.</summary>
    /// <param name="name">Its name between nodes.</param>
    /// <param name="wireClass">The class.</param>
    /// <param name="methods">What can be called.</param>
    protected WireType(string name, Type wireClass, WireMethod[] methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        Name = name;
        WireClass = wireClass;
        Methods = methods;
        Index = Interlocked.Increment(ref s_count) - 1;
        _methods = new Dictionary<ulong, WireMethod>(methods.Length);
        foreach (WireMethod method in methods)
        {
            method.Type = this;
            HasInterleave |= (method.Flags & WireMethodFlags.Interleave) != 0;
            _methods.Add(method.Id, method);
        }
    }

    /// <summary>The name between nodes and in storage.</summary>
    public string Name { get; }

    /// <summary>The class.</summary>
    public Type WireClass { get; }

    /// <summary>What can be called.</summary>
    public IReadOnlyList<WireMethod> Methods { get; }

    /// <summary><see cref="WireAttribute.IdleAfter"/>.</summary>
    public TimeSpan? IdleAfter { get; init; }

    /// <summary><see cref="WireAttribute.MailboxCapacity"/>; 0 for the node's.</summary>
    public int MailboxCapacity { get; init; }

    /// <summary><see cref="WireAttribute.CallTimeout"/>.</summary>
    public TimeSpan? CallTimeout
    {
        get;
        init
        {
            field = value;
            TimeoutMilliseconds = value is { } timeout ? WireHandle.ToMilliseconds(timeout, nameof(CallTimeout)) : WireHandle.DefaultTimeout;
        }
    }

    /// <summary>The <see cref="EveryAttribute"/> methods.</summary>
    public WireTick[] Ticks
    {
        get;
        init
        {
            field = value;
            foreach (WireTick tick in value)
            {
                tick.Method.Type = this;
            }
        }
    } = [];

    /// <summary>Whether the class is an <see cref="IAttached"/>.</summary>
    public bool NotifiesAttached { get; init; }

    /// <summary>Whether the class is an <see cref="IDetaching"/>.</summary>
    public bool NotifiesDetaching { get; init; }

    internal bool HasInterleave { get; }

    /// <summary>Whether wires of this type are deputies: they stand at the node that their key names.</summary>
    internal bool IsDeputy { get; private protected init; }

    internal long TimeoutMilliseconds { get; private init; }

    /// <summary>The place of this type in a node's tables.</summary>
    internal int Index { get; }

    /// <summary>Builds the object: constructor and initialisers run, services come from the node.</summary>
    public abstract object Create(IServiceProvider services);

    /// <summary>Writes the state fields.</summary>
    public abstract void WriteState(object wire, ref WireWriter writer);

    /// <summary>Overwrites the state fields.</summary>
    public abstract void ReadState(object wire, ref WireReader reader);

    /// <summary>Finds a method by its identity between nodes.</summary>
    /// <exception cref="WireUnknownMethodException">There is none.</exception>
    internal WireMethod GetMethod(ulong id) =>
        _methods.TryGetValue(id, out WireMethod? method) ? method : throw WireUnknownMethodException.Create(this, id);

    /// <summary>Reads the header of a state.</summary>
    /// <exception cref="WireSerializationException">It is another class's, or another version's.</exception>
    protected void ReadStateHeader(ref WireReader reader, byte fields)
    {
        if (!reader.TryReadObjectHeader(out byte count))
        {
            throw new WireSerializationException($"The state of a {Name} is missing: null was stored.");
        }

        if (count != fields)
        {
            throw new WireSerializationException($"The state of a {Name} has {count} fields where its class has {fields}: it was written by another version of the class.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
