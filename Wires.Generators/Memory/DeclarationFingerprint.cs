using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Wires.Generators.Memory;

/// <summary>Stands for all declarations that a compilation sees: those of its files by content, references and options by identity.</summary>
internal sealed record DeclarationFingerprint(ulong Files, ulong Environment)
{
    private static readonly ConditionalWeakTable<Compilation, DeclarationFingerprint> Known = new();
    private static readonly ConditionalWeakTable<object, Identity> Identities = new();
    private static long _lastIdentity;

    public static DeclarationFingerprint Of(Compilation compilation, CancellationToken cancellation)
    {
        if (Known.TryGetValue(compilation, out var known))
        {
            return known;
        }

        var files = Hash.Start;
        foreach (var tree in compilation.SyntaxTrees)
        {
            files = Hash.Add(files, TreeShape.Of(tree, cancellation));
        }

        var environment = Hash.Add(Hash.Add(Hash.Start, compilation.AssemblyName ?? ""), IdentityOf(compilation.Options));
        foreach (var reference in compilation.ExternalReferences)
        {
            environment = Hash.Add(environment, IdentityOf(reference));
        }

        // Another thread may have been faster: both have the same value.
        return Known.GetValue(compilation, _ => new DeclarationFingerprint(files, environment));
    }

    // Numbers that are never used again, unlike addresses.
    private static ulong IdentityOf(object value) => Identities.GetValue(value, static _ => new Identity((ulong)Interlocked.Increment(ref _lastIdentity))).Number;

    private sealed class Identity(ulong number)
    {
        public ulong Number => number;
    }
}
