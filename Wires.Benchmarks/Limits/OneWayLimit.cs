namespace Wires.Benchmarks.Limits;

/// <summary>One-way messages at the mechanical minimum.</summary>
internal static class OneWayLimit
{
    /// <summary>Pairs of mailboxes that send a message to and fro; each message is used again.</summary>
    public static async ValueTask<Sample> PingPongAsync(int pairs, int inFlight, int messagesPerPair)
    {
        var done = new CountdownEventSource(pairs * inFlight);
        var balls = new List<(MiniMailbox, Ball)>();
        for (int pair = 0; pair < pairs; pair++)
        {
            var left = new MiniMailbox();
            var right = new MiniMailbox();
            for (int i = 0; i < inFlight; i++)
            {
                balls.Add((left, new Ball(left, right, messagesPerPair / inFlight, done)));
            }
        }

        return await Measure.RunAsync((long)pairs * messagesPerPair, async () =>
        {
            foreach ((MiniMailbox left, Ball ball) in balls)
            {
                left.Post(ball);
            }

            await done.Task;
        });
    }

    /// <summary>Senders that fill one mailbox with messages made beforehand.</summary>
    public static async ValueTask<Sample> FanInAsync(int senders, int messages)
    {
        var target = new MiniMailbox();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = new Counter { Left = messages, Done = done };
        Item[][] items = [.. Enumerable.Range(0, senders).Select(_ => Enumerable.Range(0, messages / senders).Select(_ => new Item(counter)).ToArray())];
        return await Measure.RunAsync(messages, async () =>
        {
            Task[] running = [.. items.Select(mine => Task.Run(() =>
            {
                foreach (Item item in mine)
                {
                    target.Post(item);
                }
            }))];
            await Task.WhenAll(running);
            await done.Task;
        });
    }

    private sealed class Ball(MiniMailbox left, MiniMailbox right, int left0, CountdownEventSource done) : MiniMessage
    {
        private int _left = left0;

        public override void Run(MiniMailbox mailbox)
        {
            if (--_left <= 0)
            {
                done.Signal();
            }
            else
            {
                (ReferenceEquals(mailbox, left) ? right : left).Post(this);
            }
        }
    }

    private sealed class Counter
    {
        public int Left;
        public TaskCompletionSource? Done;
    }

    private sealed class Item(Counter counter) : MiniMessage
    {
        public override void Run(MiniMailbox mailbox)
        {
            if (--counter.Left == 0)
            {
                counter.Done!.SetResult();
            }
        }
    }
}
