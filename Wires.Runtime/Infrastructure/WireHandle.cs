using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Wires.Cluster;
using Wires.Directories;

namespace Wires.Infrastructure;

/// <summary>What a ref holds: which wire, on behalf of which node, and where it was last found.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WireHandle
{
    /// <summary>No deadline of its own: the type's or the node's applies.</summary>
    internal const int DefaultTimeout = 0;

    internal readonly WireType Type;
    internal readonly WireNode Node;
    internal readonly WireKey Key;

    /// <summary>In milliseconds; <see cref="DefaultTimeout"/>, or negative for none.</summary>
    internal readonly int Timeout;

    // Asked for by every look-up, some of them for a string's sake.
    private readonly int _hashCode;

    /// <summary>
    /// With a deadline of its own, the handle without one; else the way to the wire on another node, once it was called there. One field, as every idle wire pays for it.
    /// </summary>
    private object? _plainOrRoute;

    /// <summary>The activation found last, if it lives on this node. May be closed by now: then its mailbox says so. Always null where there is a deadline: such calls take the slow way in.</summary>
    internal Activation? Activation;

    internal WireHandle(WireNode node, WireType type, WireKey key, int timeout = DefaultTimeout, WireHandle? plain = null)
    {
        Node = node;
        Type = type;
        Key = key;
        Timeout = timeout;
        _plainOrRoute = plain;
        _hashCode = key.GetHashCode();
    }

    /// <summary>The same wire without a deadline of its own: what its activation holds, as that must not depend on who called first.</summary>
    internal WireHandle Plain
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Timeout == DefaultTimeout ? this : Unsafe.As<WireHandle>(_plainOrRoute!);
    }

    /// <summary>From a call to its deadline, in milliseconds; negative for none.</summary>
    internal long EffectiveTimeout => Timeout != DefaultTimeout ? Timeout : Node.TimeoutOf(Type);

    /// <summary>The wire's identity.</summary>
    public WireId Id => new(Type.Name, Key);

    /// <summary>The handle of a ref that is not <c>default</c>.</summary>
    /// <exception cref="InvalidOperationException">It is <c>default</c>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WireHandle Require([NotNull] WireHandle? handle)
    {
        if (handle is null)
        {
            ThrowDefaultRef();
        }

        return handle;
    }

    /// <summary>The same wire with another deadline for its calls.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is neither positive nor infinite.</exception>
    public WireHandle WithTimeout(TimeSpan timeout) => new(Node, Type, Key, ToMilliseconds(timeout, nameof(timeout)), Plain);

    /// <summary>Whether two handles name the same wire.</summary>
    public static bool Equals(WireHandle? left, WireHandle? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && ReferenceEquals(left.Type, right.Type) && left.Key == right.Key);

    /// <summary>The hash code of the wire's identity.</summary>
    public static int GetHashCode(WireHandle? handle) => handle is null ? 0 : handle.GetHashCode();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireHandle other && Equals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();

    internal static int ToMilliseconds(TimeSpan timeout, string name)
    {
        if (timeout == System.Threading.Timeout.InfiniteTimeSpan)
        {
            return -1;
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, name);

        // Beyond 24 days there is no deadline to speak of.
        return timeout.TotalMilliseconds >= int.MaxValue ? -1 : Math.Max(1, (int)timeout.TotalMilliseconds);
    }

    /// <summary>Queues a message at the wire, wherever it is; activates it where needed.</summary>
    /// <returns>Whether there was room.</returns>
    internal PostResult Post(WireMessage message, bool bounded)
    {
        while (true)
        {
            Activation? activation = Activation ?? (GoesElsewhere ? null : Find());
            if (activation is null)
            {
                return Route().Send((WireCall)message);
            }

            PostResult result = activation.Post(message, bounded);
            if (result != PostResult.Closed)
            {
                return result;
            }

            Forget(activation);
        }
    }

    /// <summary>Whether calls go straight to another node: the way there knows best whether they still should, as it sends back, in order, what they do not find there.</summary>
    internal bool GoesElsewhere => Plain._plainOrRoute is RemoteRoute { IsOpen: true };

    /// <summary>The activation by another way than the one remembered here; null where the wire lives on another node, or calls already wait to be sent there.</summary>
    internal Activation? Find() => Plain.Activation is { IsClosed: false } known ? known
        : MustWait ? null
        : Node.Directory.GetOrActivate(Plain) is not { } found ? null
        : MustWait ? ForgetAll()
        : found;

    /// <summary>Whether calls to the wire wait already, so that this one has to wait behind. Looked at before and after it is found: it may just be coming from another node.</summary>
    internal bool MustWait => Node.Cluster is { HasHoldingRoutes: true } cluster && cluster.IsHolding(Plain);

    /// <summary>What was found must not be used yet.</summary>
    internal Activation? ForgetAll()
    {
        Plain.Activation = null;
        Activation = null;
        return null;
    }

    /// <summary>An activation that was remembered here has left.</summary>
    internal void Forget(Activation activation) => Interlocked.CompareExchange(ref Activation, null, activation);

    /// <summary>The way to another node; in a cluster only.</summary>
    internal RemoteRoute Route()
    {
        WireHandle plain = Plain;
        if (plain._plainOrRoute is RemoteRoute { IsOver: false } known)
        {
            return known;
        }

        RemoteRoute route = Node.Cluster!.RouteOf(plain);
        plain._plainOrRoute = route;
        return route;
    }

    /// <summary>The part of the cluster's table that the wire falls into. Computed: only what is not alive here is asked for it.</summary>
    internal int Slot => Slots.Of(Type.Name, Key);

    [DoesNotReturn]
    private static void ThrowDefaultRef() => throw new InvalidOperationException(
        "This ref is default(...): it names no wire. Get refs from IWires.Get<TRef>(key) or IWires.Spawn<TRef>().");
}
