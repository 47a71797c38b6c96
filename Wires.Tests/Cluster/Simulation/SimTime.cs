namespace Wires.Tests.Cluster.Simulation;

/// <summary>A node's timers, which run at its clock's rate and wait while it is frozen.</summary>
internal sealed class SimTime(SimWorld world, SimNode node) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(world, node, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SimTimer(SimWorld world, SimNode node, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                world.After(dueTime.TotalMilliseconds / node.Rate, () => node.Run(() =>
                {
                    if (version == _version)
                    {
                        callback(state);
                    }
                }));
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
