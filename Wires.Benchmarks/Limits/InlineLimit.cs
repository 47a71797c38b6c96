namespace Wires.Benchmarks.Limits;

/// <summary>Taking an idle mailbox by compare-and-swap and running on the caller's stack: the least that an ask can cost.</summary>
internal sealed class InlineLimit
{
    private readonly MiniMailbox _mailbox = new();
    private int _value;

    public static ValueTask<Sample> RunAsync(int operations)
    {
        var target = new InlineLimit();
        return Measure.RunChunksAsync(operations, target.LoopAsync);
    }

    public static ValueTask<Sample> RunManyAsync(int operations, int targets)
    {
        InlineLimit[] all = [.. Enumerable.Range(0, targets).Select(static _ => new InlineLimit())];
        return Measure.RunChunksAsync(operations, count => LoopManyAsync(all, count));
    }

    private async ValueTask LoopAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await AskAsync(i);
        }
    }

    private static async ValueTask LoopManyAsync(InlineLimit[] targets, int count)
    {
        int[] argument = [1, 2, 3, 4];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            await targets[next].AskCopyAsync(argument);
            next = next + 1 == targets.Length ? 0 : next + 1;
        }
    }

    private ValueTask<int> AskAsync(int amount)
    {
        if (_mailbox.TryEnter())
        {
            int result = _value += amount;
            _mailbox.Leave();
            return new ValueTask<int>(result);
        }

        throw new InvalidOperationException("One caller, one target: it is always idle.");
    }

    private ValueTask<int> AskCopyAsync(int[] argument)
    {
        int[] copy = (int[])argument.Clone();
        if (_mailbox.TryEnter())
        {
            int result = _value += copy[0];
            _mailbox.Leave();
            return new ValueTask<int>(result);
        }

        throw new InvalidOperationException("One caller, one target at a time: it is always idle.");
    }
}
