namespace RayTracer.Rendering;

/// <summary>A finished picture.</summary>
/// <param name="Pixels">Three bytes for each pixel, row by row.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Status">What was known of it when it was done.</param>
internal sealed record Rendered(byte[] Pixels, TimeSpan Time, PictureStatus Status);
