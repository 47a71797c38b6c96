using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Wires.Analyzers;

/// <summary>The lines of an additional file, by which a user extends a table.</summary>
internal static class AdditionalLines
{
    public static IEnumerable<string> Of(AnalyzerOptions options, string fileName, CancellationToken cancellation)
    {
        foreach (AdditionalText file in options.AdditionalFiles)
        {
            if (string.Equals(Path.GetFileName(file.Path), fileName, StringComparison.OrdinalIgnoreCase) && file.GetText(cancellation) is { } text)
            {
                foreach (TextLine line in text.Lines)
                {
                    yield return line.ToString();
                }
            }
        }
    }
}
