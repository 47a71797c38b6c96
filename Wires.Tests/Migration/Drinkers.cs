using System.Globalization;
using System.Runtime.CompilerServices;

namespace Wires.Tests.Migration;

/// <summary>Reads streams of others, and moves meanwhile.</summary>
[Wire]
public partial class Drinker
{
    private readonly HashSet<string> _places = [];
    private int _drunk;

    public int Places() => _places.Count;

    [Interleave]
    public int Drunk() => _drunk;

    [Interleave]
    public string Where() => Wire.Node;

    /// <summary>Moves on after every so many items.</summary>
    public async WireTask<int> Walk(FountainRef fountain, int count, string[] nodes, int every)
    {
        int next = 0;
        await foreach (int item in fountain.Pour(count))
        {
            Check(item, next++);
            if (next % every == 0)
            {
                await Wire.MoveTo(nodes[next / every % nodes.Length]);
            }
        }

        return next;
    }

    public async WireTask<int> Drink(FountainRef fountain, int count, int last)
    {
        int next = 0;
        await foreach (int item in fountain.Pour(count))
        {
            Check(item, next++);
            if (next == last)
            {
                break;
            }

            if (next % 5 == 0)
            {
                await Wire.Yield();
            }
        }

        return next;
    }

    /// <summary>Waits for each item.</summary>
    public async WireTask<int> Sip(FountainRef fountain, int count)
    {
        int next = 0;
        await foreach (int item in fountain.Slow(count).ConfigureAwait(false))
        {
            Check(item, next++);
        }

        return next;
    }

    /// <summary>Two at a time, by hand, moving between the items of both.</summary>
    public async WireTask<int> Mix(FountainRef one, FountainRef two, int count, string[] nodes)
    {
        IAsyncEnumerator<int> first = one.Pour(count).GetAsyncEnumerator();
        IAsyncEnumerator<int> second = two.Pour(count).GetAsyncEnumerator();
        IAsyncEnumerator<int> same = first;
        for (int i = 0; i < count; i++)
        {
            if (!await first.MoveNextAsync())
            {
                return -1;
            }

            await Wire.MoveTo(nodes[i % nodes.Length]);
            if (!await second.MoveNextAsync() || same.Current != i || second.Current != i)
            {
                return -2;
            }
        }

        bool isOver = !await same.MoveNextAsync() && !await second.MoveNextAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
        return isOver ? count : -3;
    }

    /// <summary>Has asked before it moves, and begins to read after.</summary>
    public async WireTask<int> Later(FountainRef fountain, int count, string node)
    {
        IAsyncEnumerable<int> stream = fountain.Pour(count);
        await Wire.MoveTo(node);
        int next = 0;
        await foreach (int item in stream)
        {
            Check(item, next++);
        }

        await Wire.MoveTo(node);
        try
        {
            await foreach (int _ in stream)
            {
                return -1;
            }
        }
        catch (InvalidOperationException)
        {
            return next;
        }

        return -2;
    }

    /// <summary>Reads until the method fails, and says by what.</summary>
    public async WireTask<string> Fails(FountainRef fountain, string node)
    {
        int count = 0;
        try
        {
            await foreach (string item in fountain.Names("x"))
            {
                count++;
                await Wire.MoveTo(node);
            }
        }
        catch (InvalidOperationException e)
        {
            return $"{count} {e.Message}";
        }

        return "it has ended";
    }

    public async WireTask<int> DrinkUntil(FountainRef fountain, string node, CancellationToken end)
    {
        int next = 0;
        try
        {
            await foreach (int item in fountain.Slow(1_000_000).WithCancellation(end))
            {
                Check(item, next++);
                if (next == 3)
                {
                    await Wire.MoveTo(node);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return Wire.Node == node ? next : -1;
        }

        return -2;
    }

    /// <summary>A stream that is made of another one.</summary>
    public async IAsyncEnumerable<int> Twice(FountainRef fountain, int count)
    {
        await foreach (int item in fountain.Pour(count))
        {
            _places.Add(Wire.Node);
            yield return item * 2;
        }
    }

    private void Check(int item, int expected, [CallerMemberName] string method = "")
    {
        if (item != expected)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method} got {item} in place of {expected}"));
        }

        _drunk++;
        _places.Add(Wire.Node);
    }
}
