using System.Globalization;

namespace RayTracer;

/// <summary>The size of a picture, as the user writes it: <c>640x480</c>.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The longest edge: the pixels are asked for in one message, and that holds 64 MiB.</summary>
    public const int Max = 4_096;

    /// <summary>Reads it.</summary>
    public static bool TryParse(string text, out PictureSize size)
    {
        size = default;
        string[] parts = text.Split('x');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            || width is < 1 or > Max || height is < 1 or > Max)
        {
            return false;
        }

        size = new PictureSize(width, height);
        return true;
    }
}
