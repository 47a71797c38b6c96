namespace Wires.Infrastructure;

/// <summary>A loop over a stream, as it goes along with its wire.</summary>
/// <param name="Items">That have come and are not taken.</param>
/// <param name="Credit">So many more may come.</param>
/// <param name="Current">The last one that was taken.</param>
/// <param name="Taken">Items taken since the producer was told.</param>
/// <param name="Window">So many may be on their way, or here and not taken.</param>
/// <param name="IsOver">It has ended: nothing more comes.</param>
internal readonly record struct StreamState<T>(T[] Items, int Credit, T? Current, int Taken, int Window, bool IsOver);
