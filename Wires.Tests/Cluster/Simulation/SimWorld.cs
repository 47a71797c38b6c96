namespace Wires.Tests.Cluster.Simulation;

/// <summary>One time for all, in which things happen one after the other, in an order that the seed decides. Nothing in it leaves this thread.</summary>
internal sealed class SimWorld(int seed)
{
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private long _order;

    public Random Random { get; } = new(seed);

    /// <summary>Milliseconds.</summary>
    public double Now { get; private set; } = 1_000_000;

    public long Steps { get; private set; }

    public void After(double milliseconds, Action action) => _events.Enqueue(action, (Now + Math.Max(0, milliseconds), _order++));

    public double Between(double least, double most) => least + (Random.NextDouble() * (most - least));

    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>Lets time pass, and looks at everything after each step.</summary>
    public void Run(double milliseconds, Action check, Func<bool>? until = null)
    {
        double end = Now + milliseconds;
        while (_events.TryPeek(out _, out (double At, long Order) next) && next.At <= end)
        {
            if (Steps % 16 == 0 && until?.Invoke() == true)
            {
                return;
            }

            Action action = _events.Dequeue();
            Now = next.At;
            Steps++;
            action();
            check();
        }

        Now = end;
    }
}
