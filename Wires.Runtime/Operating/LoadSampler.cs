namespace Wires.Operating;

/// <summary>How much of its processors the process uses: between two looks that are a second apart or more.</summary>
internal sealed class LoadSampler
{
    private const long LeastMilliseconds = 1000;

    private readonly Lock _lock = new();
    private long _at = Environment.TickCount64;
    private TimeSpan _used = Used();
    private double _load;

    public double Look()
    {
        lock (_lock)
        {
            long passed = Environment.TickCount64 - _at;
            if (passed >= LeastMilliseconds)
            {
                TimeSpan used = Used();
                _load = Math.Clamp((used - _used).TotalMilliseconds / passed / Environment.ProcessorCount, 0, 1);
                (_at, _used) = (_at + passed, used);
            }

            return _load;
        }
    }

    private static TimeSpan Used() => OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;
}
