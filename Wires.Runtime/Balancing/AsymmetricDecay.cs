namespace Wires.Balancing;

/// <summary>How a measured load becomes what a node acts on, and what it tells others.</summary>
/// <remarks>
/// The constants of MOSIX (Barak, Guday, Wheeler 1993): a node looks busy to others and calm to itself. So a short peak sends nothing away, and a short lull attracts nothing. They are per
/// step of 500 ms and are scaled to the time that has passed.
/// </remarks>
internal static class AsymmetricDecay
{
    private const double LocalKept = 5.0 / 8;
    private const double ExportedKept = 7.0 / 8;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(500);

    /// <summary>The load that the node decides by: rises slowly (old : new = 5 : 3), falls at once.</summary>
    public static double Local(double old, double measured, TimeSpan passed) => measured <= old ? measured : Blend(old, measured, LocalKept, passed);

    /// <summary>The load that others decide by: rises at once, falls slowly (old : new = 7 : 1).</summary>
    public static double Exported(double old, double measured, TimeSpan passed) => measured >= old ? measured : Blend(old, measured, ExportedKept, passed);

    private static double Blend(double old, double measured, double kept, TimeSpan passed) => measured + ((old - measured) * Math.Pow(kept, passed / s_step));
}
