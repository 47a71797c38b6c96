namespace Wires.Balancing;

/// <summary>What a move costs, in seconds: <c>a + b × bytes</c>, learned from the moves that were made.</summary>
/// <remarks>
/// Least squares over past moves, each weighing less with each later one. A move whose time is far off what was expected (more than four times the usual error) is taken for that much only, as Huber's
/// estimator does: one move that met a full collection or a lost packet must not stop balancing, but if all take that long they are believed in the end.
/// </remarks>
internal sealed class MoveCost
{
    private const double Kept = 0.98;
    private const double Bound = 4;

    // Sums over weighted samples of (bytes in MiB, seconds), begun with two guesses of little weight: 1 ms for an empty wire, 10 ms for 1 MiB.
    private double _weight = 2;
    private double _x = 1;
    private double _y = 0.011;
    private double _xx = 1;
    private double _xy = 0.010;
    private double _error = 0.002;

    /// <summary>Seconds of a move without state.</summary>
    public double PerMove { get; private set; } = 0.001;

    /// <summary>Seconds for each byte.</summary>
    public double PerByte { get; private set; } = 0.009 / Mebibyte;

    private const double Mebibyte = 1024 * 1024;

    /// <summary>The expected time of a move, in seconds.</summary>
    public double Of(long bytes) => PerMove + (PerByte * bytes);

    /// <summary>Learns from a move that ended well.</summary>
    /// <param name="bytes">What was moved.</param>
    /// <param name="seconds">How long the wire stood still.</param>
    public void Learn(long bytes, double seconds)
    {
        if (!(seconds >= 0) || double.IsInfinity(seconds) || bytes < 0)
        {
            return;
        }

        double expected = Of(bytes);
        double bound = Bound * _error;
        double error = Math.Clamp(seconds - expected, -bound, bound);

        // The usual error follows the bounded ones, so it can grow by a factor per move, not by any amount.
        _error = Math.Max(1e-5, _error + ((Math.Abs(error) - _error) * (1 - Kept) * 4));
        double x = bytes / Mebibyte;
        double y = expected + error;
        _weight = (_weight * Kept) + 1;
        _x = (_x * Kept) + x;
        _y = (_y * Kept) + y;
        _xx = (_xx * Kept) + (x * x);
        _xy = (_xy * Kept) + (x * y);
        Solve();
    }

    private void Solve()
    {
        double spread = (_weight * _xx) - (_x * _x);
        double slope = PerByte * Mebibyte;

        // Wires of one size say nothing about the price of a byte: it stays as it was, and the price of a move takes it all.
        if (spread > 1e-6 * Math.Max(1e-6, _weight * _xx))
        {
            slope = Math.Max(0, ((_weight * _xy) - (_x * _y)) / spread);
        }

        PerByte = slope / Mebibyte;
        PerMove = Math.Max(1e-6, (_y - (slope * _x)) / _weight);
    }
}
