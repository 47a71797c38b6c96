using System.Diagnostics;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Remoting;

/// <summary>What precedes the arguments of a call on its way to another node.</summary>
internal struct CallHeader
{
    private const int MaxChain = 255;

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Deadline = 1,
        Chain = 2,
        Trace = 4,
        Cancellable = 8,
        Credit = 16,
    }

    public FrameKind Kind;

    /// <summary>The wire, by its number on the connection.</summary>
    public int Alias;

    /// <summary>What the answer names the call by; unique on its node.</summary>
    public long Id;

    /// <summary>The method, by <see cref="WireMethod.Id"/>.</summary>
    public ulong Method;

    /// <summary>Until the deadline, in milliseconds; negative for none.</summary>
    public int Remaining;

    /// <summary>The calls that this one comes from, nearest first.</summary>
    public long[]? Chain;

    /// <summary>The caller's trace, in the W3C form.</summary>
    public string? TraceParent;

    public string? TraceState;

    public bool IsCancellable;

    /// <summary>How many items of a stream may be sent at first.</summary>
    public int Credit;

    /// <summary>Writes the header of a call that leaves this node.</summary>
    public static void Write(ref WireWriter writer, WireCall call, FrameKind kind, int alias, long id, int credit = 0)
    {
        Parts parts = Parts.None;
        int remaining = -1;
        if (call.Deadline != long.MaxValue)
        {
            parts |= Parts.Deadline;
            remaining = (int)Math.Clamp(call.Deadline - call.Handle!.Node.Now, 0, int.MaxValue);
        }

        long[]? chain = kind == FrameKind.OneWay ? null : call.Parent is null ? call.Chain : CallChains.Describe(call.Parent);
        Activity? trace = call.TraceParent;
        parts |= (chain is null ? Parts.None : Parts.Chain)
            | (trace?.Id is null ? Parts.None : Parts.Trace)
            // A one-way call has no number that a cancellation could name.
            | (kind != FrameKind.OneWay && call.Cancellation.CanBeCanceled ? Parts.Cancellable : Parts.None)
            | (credit > 0 ? Parts.Credit : Parts.None);

        writer.WriteUnmanaged((byte)kind, (byte)parts, alias, id, call.Method.Id);
        if (parts == Parts.None)
        {
            return;
        }

        if ((parts & Parts.Deadline) != 0)
        {
            writer.WriteUnmanaged(remaining);
        }

        if (chain is not null)
        {
            int count = Math.Min(chain.Length, MaxChain);
            writer.WriteUnmanaged((byte)count);
            for (int i = 0; i < count; i++)
            {
                writer.WriteUnmanaged(chain[i]);
            }
        }

        if ((parts & Parts.Trace) != 0)
        {
            writer.WriteString(trace!.Id);
            writer.WriteString(trace.TraceStateString);
        }

        if ((parts & Parts.Credit) != 0)
        {
            writer.WriteUnmanaged(credit);
        }
    }

    /// <summary>Reads a header; the arguments follow.</summary>
    /// <exception cref="WireSerializationException">It is none.</exception>
    public static CallHeader Read(ref WireReader reader)
    {
        CallHeader header = default;
        header.Remaining = -1;
        reader.ReadUnmanaged(out byte kind, out byte bits, out header.Alias, out header.Id, out header.Method);
        header.Kind = (FrameKind)kind;
        var parts = (Parts)bits;
        if (parts == Parts.None)
        {
            return header;
        }

        if ((parts & Parts.Deadline) != 0)
        {
            header.Remaining = reader.ReadUnmanaged<int>();
        }

        if ((parts & Parts.Chain) != 0)
        {
            header.Chain = new long[reader.ReadUnmanaged<byte>()];
            for (int i = 0; i < header.Chain.Length; i++)
            {
                header.Chain[i] = reader.ReadUnmanaged<long>();
            }
        }

        if ((parts & Parts.Trace) != 0)
        {
            header.TraceParent = reader.ReadString();
            header.TraceState = reader.ReadString();
        }

        header.IsCancellable = (parts & Parts.Cancellable) != 0;
        if ((parts & Parts.Credit) != 0)
        {
            header.Credit = reader.ReadUnmanaged<int>();
        }

        return header;
    }
}
