using System.Collections.Concurrent;
using Wires.Infrastructure;

namespace Wires.Remoting;

/// <summary>Names calls between nodes, so that a call that comes back to a wire round its own chain is let in there.</summary>
/// <remarks>
/// A call gets a number only when a call that it made leaves the node. Numbers start at a random place of a 64-bit space and are never used twice by a process, so that
/// one that has ended, or belongs to another node, is simply not found.
/// </remarks>
internal static class CallChains
{
    private static readonly ConcurrentDictionary<long, WireCall> s_calls = new();
    private static long s_last = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    /// <summary>How many calls have a number now.</summary>
    public static int Count => s_calls.Count;

    /// <summary>The numbers of a call and of all that it comes from, nearest first. In a turn of the call's wire.</summary>
    public static long[] Describe(WireCall call)
    {
        int length = 0;
        WireCall last = call;
        for (WireCall? c = call; c is not null; c = c.Parent)
        {
            length++;
            last = c;
        }

        // Where the chain came in from another node, it goes on there.
        long[] inherited = last.Chain ?? [];
        long[] chain = new long[length + inherited.Length];
        int i = 0;
        for (WireCall? c = call; c is not null; c = c.Parent)
        {
            chain[i++] = NumberOf(c);
        }

        inherited.CopyTo(chain, i);
        return chain;
    }

    /// <summary>Whether a chain that came from another node leads through a suspended call of a wire.</summary>
    public static bool LeadsThrough(long[] chain, Activation wire)
    {
        foreach (long number in chain)
        {
            if (LeadsThrough(number, wire))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a number is that of a suspended call of a wire.</summary>
    public static bool LeadsThrough(long number, Activation wire) => s_calls.TryGetValue(number, out WireCall? call) && ReferenceEquals(call.Target, wire) && call.IsSuspended;

    /// <summary>A call has ended: nothing can come back to it.</summary>
    public static void Forget(WireCall call)
    {
        // Its wire may have taken it elsewhere and back: then the number is another object's.
        s_calls.TryRemove(new KeyValuePair<long, WireCall>(call.ChainNumber, call));
        call.ChainNumber = 0;
    }

    /// <summary>A call goes on on another node, under the number that it has here. It keeps it: calls that it has made to wires of this node name it by their parent.</summary>
    public static void HandOver(WireCall call) => s_calls.TryRemove(new KeyValuePair<long, WireCall>(call.ChainNumber, call));

    /// <summary>A call that has come from another node is known by the number that it had there.</summary>
    public static void TakeOver(WireCall call, long number)
    {
        call.ChainNumber = number;
        s_calls[number] = call;
    }

    /// <summary>The number of a call, which has one from then on.</summary>
    public static long NumberOf(WireCall call)
    {
        long number = Volatile.Read(ref call.ChainNumber);
        if (number != 0)
        {
            return number;
        }

        do
        {
            number = Interlocked.Increment(ref s_last);
        }
        while (number == 0);

        // Other wires further down the chain may name it at the same time; this one alone can end it, and not before its answers are there.
        long earlier = Interlocked.CompareExchange(ref call.ChainNumber, number, 0);
        if (earlier != 0)
        {
            return earlier;
        }

        s_calls[number] = call;
        return number;
    }
}
