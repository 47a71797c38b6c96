namespace Wires.Simulator;

/// <summary>One time for all, in which things happen one after the other, in an order that the seed decides.</summary>
internal sealed class SimWorld(int seed)
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private long _order;

    public Random Random { get; } = new(seed);

    public TimeSpan Now { get; private set; }

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    public void At(TimeSpan time, Action action) => _events.Enqueue(action, (time, _order++));

    public void Run(TimeSpan until)
    {
        while (_events.TryPeek(out _, out (TimeSpan At, long Order) next) && next.At <= until)
        {
            Action action = _events.Dequeue();
            Now = next.At;
            action();
        }

        Now = until;
    }

    public double Between(double least, double most) => least + (Random.NextDouble() * (most - least));

    /// <summary>How many of many rare things happen when so many are expected.</summary>
    public int Poisson(double mean)
    {
        if (mean <= 0)
        {
            return 0;
        }

        if (mean > 30)
        {
            // Close enough to normal, which takes one draw (Box and Muller) instead of one for each.
            double normal = Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());
            return Math.Max(0, (int)Math.Round(mean + (normal * Math.Sqrt(mean))));
        }

        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = Random.NextDouble(); product > limit; product *= Random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
