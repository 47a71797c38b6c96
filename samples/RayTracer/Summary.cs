using System.Globalization;
using RayTracer.Imaging;
using RayTracer.Nodes;
using RayTracer.Rendering;

namespace RayTracer;

/// <summary>What is left when a picture is done.</summary>
internal static class Summary
{
    /// <summary>Writes the picture, and says where it is and what it took.</summary>
    /// <returns>Whether it is the same as that of one node alone, where there is one.</returns>
    public static bool Write(TextWriter output, RenderSettings settings, Rendered picture, MoveMeter moves, Rendered? alone)
    {
        using (FileStream file = settings.Output.Create())
        {
            PngWriter.Write(file, settings.Size.Width, settings.Size.Height, picture.Pixels);
        }

        bool isSame = alone is null || alone.Pixels.AsSpan().SequenceEqual(picture.Pixels);
        CultureInfo invariant = CultureInfo.InvariantCulture;
        output.WriteLine();
        if (alone is not null)
        {
            output.WriteLine(string.Create(invariant, $"one node alone  {alone.Time.TotalSeconds,6:F2} s"));
        }

        output.WriteLine(string.Create(invariant, $"the cluster     {picture.Time.TotalSeconds,6:F2} s{(alone is null ? "" : string.Create(invariant, $"  {alone.Time / picture.Time:F2} times as fast"))}"));
        output.WriteLine(string.Create(invariant, $"moves           {moves.Moves,6}{Stalls(moves.Stalls)}"));
        if (picture.Status.Restarts > 0)
        {
            output.WriteLine(string.Create(invariant, $"begun anew      {picture.Status.Restarts,6}    tiles that were lost with their node"));
        }

        if (alone is not null)
        {
            output.WriteLine(isSame ? "picture         the same as that of one node, byte for byte" : "picture         NOT THE SAME AS THAT OF ONE NODE");
        }

        output.WriteLine(settings.Output.FullName);
        return isSame;
    }

    private static string Stalls(IReadOnlyList<TimeSpan> stalls)
    {
        if (stalls.Count == 0)
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture, $"    a wire that moved stood still for {stalls[stalls.Count / 2].TotalMilliseconds:F2} ms (median), {stalls[^1].TotalMilliseconds:F2} ms at most");
    }
}
