using System.Globalization;

namespace Wires.Generators.Serialization;

/// <summary>Tells generated names apart whose readable parts are equal. The same in every run: string.GetHashCode is not.</summary>
internal static class StableHash
{
    public static string Of(string text)
    {
        var hash = 2166136261u; // FNV-1a
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
