using System.Runtime.CompilerServices;
using Xunit;

namespace Wires.Tests.Generators;

/// <summary>
/// Compares generated files with checked-in ones: as a set of names, then each text. <c>WIRES_UPDATE_SNAPSHOTS=1</c> rewrites the files instead;
/// the difference is then reviewed as every other change.
/// </summary>
internal static class Snapshot
{
    public static void Match(GeneratorResult result, string name, [CallerFilePath] string caller = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", name);
        var actual = result.Files.ToDictionary(static f => f.Key.Replace('`', '-') + ".verified.txt", static f => f.Value, StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("WIRES_UPDATE_SNAPSHOTS") == "1")
        {
            Rewrite(folder, actual);
        }

        var expected = System.IO.Directory.Exists(folder)
            ? System.IO.Directory.GetFiles(folder).ToDictionary(static f => Path.GetFileName(f), static f => File.ReadAllText(f).ReplaceLineEndings("\n"), StringComparer.Ordinal)
            : [];
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(actual, file => Assert.Equal(expected[file.Key], file.Value));
    }

    private static void Rewrite(string folder, Dictionary<string, string> files)
    {
        if (System.IO.Directory.Exists(folder))
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }

        System.IO.Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
