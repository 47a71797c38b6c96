using System.Runtime.CompilerServices;

namespace Wires.Tests;

/// <summary>Where the files of this repository are.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, ".."));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Here([CallerFilePath] string here = "") => here;
}
