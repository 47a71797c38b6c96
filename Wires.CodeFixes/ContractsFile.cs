using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Wires.Analyzers;

namespace Wires.CodeFixes;

/// <summary>Writes the manifest: the lines of some wires anew, everything else as it stands.</summary>
internal static class ContractsFile
{
    private const string Header =
        """
        # What the wires of this project have promised to other nodes and to stored state. Check it in, and review it as code.
        # Rules WIRE3004 and WIRE4003 compare the code with it; the code fix "Update WireContracts.txt" writes it.
        # <wire> method <signature> -> <result> 0x<identity>
        # <wire> state <field>: <type>
        """;

    /// <summary>The solution with the entries of these wires and interfaces as the code has them; of all, if none are named.</summary>
    public static async Task<Solution> Update(Project project, IReadOnlyCollection<string>? names, CancellationToken cancellation)
    {
        Compilation? compilation = await project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        if (compilation is null || WireCompilation.Of(compilation, cancellation) is not { } wires)
        {
            return project.Solution;
        }

        TextDocument? file = Of(project);
        SourceText? old = file is null ? null : await file.GetTextAsync(cancellation).ConfigureAwait(false);
        List<WireContract> contracts = [.. wires.Callable.Select(t => new WireContract(t, wires)).Where(c => names is null || names.Contains(c.Name, StringComparer.Ordinal))];
        SourceText text = SourceText.From(Update(old?.ToString() ?? "", contracts), old?.Encoding ?? Encoding.UTF8);
        if (file is not null)
        {
            return project.Solution.WithAdditionalDocumentText(file.Id, text);
        }

        string? folder = Path.GetDirectoryName(project.FilePath);
        return project.AddAdditionalDocument(WireContracts.FileName, text, filePath: folder is null ? WireContracts.FileName : Path.Combine(folder, WireContracts.FileName)).Project.Solution;
    }

    public static TextDocument? Of(Project project) => project.AdditionalDocuments.FirstOrDefault(static d => WireContracts.IsManifest(d.FilePath ?? d.Name));

    public static string Update(string old, IReadOnlyCollection<WireContract> contracts)
    {
        string newLine = old.Contains("\r\n") ? "\r\n" : "\n";
        var written = new HashSet<string>(contracts.Select(static c => c.Name), StringComparer.Ordinal);
        var remarks = new List<string>();
        var others = new List<string>();
        var lines = new SortedSet<string>(contracts.SelectMany(static c => c.Lines).Select(static l => l.ToString()), StringComparer.Ordinal);
        foreach (string raw in old.Split('\n'))
        {
            string line = raw.Trim();
            if (ContractLine.IsRemark(line))
            {
                remarks.Add(line);
            }
            else if (ContractLine.Parse(line) is not { } parsed)
            {
                // Not ours to throw away: the rule reports it until somebody has looked.
                others.Add(line);
            }
            else if (!written.Contains(parsed.Wire))
            {
                lines.Add(parsed.ToString());
            }
        }

        remarks.RemoveAll(static r => r.Length == 0);
        IEnumerable<string> head = remarks.Count > 0 ? remarks : Header.Split('\n').Select(static l => l.TrimEnd('\r'));
        return string.Concat(head.Concat(lines).Concat(others).Select(l => l + newLine));
    }
}
