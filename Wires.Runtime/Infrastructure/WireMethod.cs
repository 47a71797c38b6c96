using System.ComponentModel;
using System.Runtime.CompilerServices;
using Wires.Serialization;

namespace Wires.Infrastructure;

/// <summary>One method of a wire class: its identity between nodes, its pool of messages and what was measured of it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class WireMethod
{
    private static int s_count;

    private readonly MessageDepot _depot = new();
    private readonly Func<WireCall> _create;

    /// <summary>Whether a call may run on its caller's stack: read at every call, written by <see cref="Profile"/>.</summary>
    internal bool MayRunInline;

    internal readonly MethodProfile Profile;

    /// <summary>Describes a method.</summary>
    /// <param name="signature">Name and parameter types, as it is shown in errors.</param>
    /// <param name="id">The stable hash of <paramref name="signature"/> that stands for the method between nodes.</param>
    /// <param name="flags">What the attributes and the signature say.</param>
    /// <param name="create">Makes an empty message.</param>
    public WireMethod(string signature, ulong id, WireMethodFlags flags, Func<WireCall> create)
    {
        Signature = signature;
        Name = signature.AsSpan(0, signature.IndexOf('(', StringComparison.Ordinal) is var end and >= 0 ? end : signature.Length).ToString();
        Id = id;
        Flags = flags;
        Index = Interlocked.Increment(ref s_count) - 1;
        _create = create;
        Profile = new MethodProfile(this);
    }

    /// <summary>Name and parameter types.</summary>
    public string Signature { get; }

    /// <summary>The name alone.</summary>
    public string Name { get; }

    /// <summary>The stable hash of the signature.</summary>
    public ulong Id { get; }

    internal WireMethodFlags Flags { get; }

    /// <summary>The wire type that has the method; set when the type is built.</summary>
    internal WireType? Type { get; set; }

    /// <summary>The place of this method's free list in a thread's table.</summary>
    internal int Index { get; }

    internal WireCall Create() => _create();

    /// <summary>Takes a message from the pool; null when it is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WireMessage? Rent()
    {
        FreeList[] lists = WireThread.Current.FreeLists;
        if ((uint)Index < (uint)lists.Length)
        {
            ref FreeList list = ref lists[Index];
            WireMessage? message = list.Head;
            if (message is not null)
            {
                list.Head = message.Next;
                list.Count--;
                message.Next = null;
                return message;
            }
        }

        return RentSlow();
    }

    internal void Return(WireMessage message)
    {
        FreeList[] lists = WireThread.Current.FreeLists;
        if ((uint)Index >= (uint)lists.Length)
        {
            lists = WireThread.Current.GrowFreeLists(Index);
        }

        ref FreeList list = ref lists[Index];
        if (list.Count == MessageDepot.BatchSize)
        {
            // Two batches a thread: with one, a thread that rents and returns around its edge would visit the depot each time (Bonwick's magazines).
            if (list.Spare is not null)
            {
                _depot.Push(list.Spare);
            }

            list.Spare = list.Head;
            list.Head = null;
            list.Count = 0;
        }

        message.Next = list.Head;
        list.Head = message;
        list.Count++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WireMessage? RentSlow()
    {
        WireThread thread = WireThread.Current;
        ref FreeList list = ref thread.GrowFreeLists(Index)[Index];
        WireMessage? batch = list.Spare ?? _depot.Pop();
        list.Spare = null;
        if (batch is null)
        {
            return null;
        }

        list.Head = batch.Next;
        list.Count = MessageDepot.BatchSize - 1;
        batch.Next = null;
        return batch;
    }

    /// <inheritdoc/>
    public override string ToString() => Type is null ? Signature : $"{Type.Name}.{Signature}";
}

/// <summary>A method with a result, or a stream of them.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WireMethod<TResult> : WireMethod
{
    /// <inheritdoc cref="WireMethod(string, ulong, WireMethodFlags, Func{WireCall})"/>
    public WireMethod(string signature, ulong id, WireMethodFlags flags, Func<WireCall> create)
        : base(signature, id, flags, create)
    {
    }

    /// <summary>Writes, reads and copies results. Looked up late: formatters are registered by module initializers in any order.</summary>
    internal WireFormatter<TResult> ResultFormatter => field ??= WireFormatters.Get<TResult>();

    /// <summary>The result as the caller may have it. Runs in the callee's turn.</summary>
    internal TResult CopyResult(TResult result) =>
        (Flags & WireMethodFlags.CopiesResult) == 0 ? result : ResultFormatter.Copy(result)!;
}
