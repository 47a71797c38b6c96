using RayTracer.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RayTracer.View;

/// <summary>A picture's preview in a terminal: each character is two pixels, its upper half in the colour of the text and its lower half in that of the background.</summary>
internal sealed class HalfBlockImage(RenderJob job, byte[] preview, int columns, int rows) : Renderable
{
    private const int Blocks = RenderJob.ThumbnailSize;

    /// <summary>The largest size in characters that fits and keeps the picture's shape.</summary>
    public static (int Columns, int Rows) Fit(RenderJob job, int maxColumns, int maxRows)
    {
        double scale = Math.Min((double)maxColumns / job.Width, 2.0 * maxRows / job.Height);
        return (Math.Max(1, (int)(job.Width * scale)), Math.Max(1, (int)(job.Height * scale / 2)));
    }

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(columns, columns);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                yield return new Segment("▀", new Style(ColorAt(column, 2 * row), ColorAt(column, (2 * row) + 1)));
            }

            yield return Segment.LineBreak;
        }
    }

    private Color ColorAt(int column, int halfRow)
    {
        int x = Math.Min(job.Width - 1, (int)((column + 0.5) * job.Width / columns));
        int y = Math.Min(job.Height - 1, (int)((halfRow + 0.5) * job.Height / (2 * rows)));
        int blockX = (x / job.TileSize * Blocks) + (x % job.TileSize * Blocks / job.TileSize);
        int blockY = (y / job.TileSize * Blocks) + (y % job.TileSize * Blocks / job.TileSize);
        int at = ((blockY * job.Columns * Blocks) + blockX) * 3;
        return at + 2 < preview.Length ? new Color(preview[at], preview[at + 1], preview[at + 2]) : Color.Black;
    }
}
