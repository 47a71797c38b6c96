using Wires.Infrastructure;

namespace Wires.Remoting;

/// <summary>Finds the call that an answer is for. A call object has one place for life, so a call costs the table nothing.</summary>
/// <remarks>The number of a call between nodes is its object's place and its token: an answer that comes too late finds another token, or nothing.</remarks>
internal static class CallTable
{
    private const int TokenBits = 16;

    private static readonly Lock s_lock = new();
    private static readonly Stack<int> s_free = new();
    private static Ask?[] s_calls = new Ask?[1024];
    private static int s_count = 1;

    /// <summary>The number of a call in its present use.</summary>
    public static long NumberOf(Ask call) => ((long)PlaceOf(call) << TokenBits) | (ushort)call.Token;

    /// <summary>The call of a number, if that is its present use.</summary>
    public static Ask? Find(long number)
    {
        Ask?[] calls = Volatile.Read(ref s_calls);
        long place = number >> TokenBits;
        return place > 0 && place < calls.Length && calls[place] is { } call && call.Token == (short)number ? call : null;
    }

    /// <summary>All calls that have a place; those sent elsewhere are among them.</summary>
    public static ReadOnlySpan<Ask?> All => Volatile.Read(ref s_calls).AsSpan(0, Volatile.Read(ref s_count));

    /// <summary>The object will not be used again.</summary>
    public static void Remove(Ask call)
    {
        int place = call.TablePlace;
        if (place == 0)
        {
            return;
        }

        lock (s_lock)
        {
            if (ReferenceEquals(s_calls[place], call))
            {
                s_calls[place] = null;
                call.TablePlace = 0;
                s_free.Push(place);
            }
        }
    }

    private static int PlaceOf(Ask call)
    {
        int place = call.TablePlace;
        return place != 0 ? place : Add(call);
    }

    private static int Add(Ask call)
    {
        lock (s_lock)
        {
            if (!s_free.TryPop(out int place))
            {
                place = s_count;
                if (place == s_calls.Length)
                {
                    Ask?[] larger = new Ask?[s_calls.Length * 2];
                    s_calls.CopyTo(larger, 0);
                    Volatile.Write(ref s_calls, larger);
                }

                Volatile.Write(ref s_count, place + 1);
            }

            s_calls[place] = call;
            call.TablePlace = place;
            return place;
        }
    }
}
