using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Wires.Generators.Memory;

/// <summary>
/// Remembers what a node was parsed to. The driver calls a transform for every node after every edit, since a new compilation might change what a
/// node means; with a thousand wire classes the symbols alone cost a quarter of a second per keystroke. A model depends on its own file and on the
/// declarations of the others, never on their code: as long as both are the same, so is the model.
/// </summary>
/// <remarks>Keyed by the node, which lives as long as its tree: an edited file has new nodes. Holds models, nothing of a compilation.</remarks>
internal sealed class Memo<TModel>
    where TModel : class
{
    private readonly ConditionalWeakTable<SyntaxNode, Slot> _slots = new();

    /// <summary>The model of the node, parsed again only where it may have changed.</summary>
    public TModel? Get(SyntaxNode node, Compilation compilation, Func<SyntaxNode, SemanticModel, CancellationToken, Parsed<TModel>> parse, CancellationToken cancellation)
    {
        var fingerprint = DeclarationFingerprint.Of(compilation, cancellation);
        var slot = _slots.GetOrCreateValue(node);
        if (slot.Content is { } content && content.Fingerprint.Equals(fingerprint))
        {
            return content.Model;
        }

        // Not before it is needed: a semantic model for each of a thousand files is most of what is left of a keystroke's cost.
        var parsed = parse(node, compilation.GetSemanticModel(node.SyntaxTree), cancellation);
        slot.Content = parsed.DependsOnDeclarationsOnly ? new Content(fingerprint, parsed.Model) : null;
        return parsed.Model;
    }

    private sealed class Slot
    {
        // Replaced as a whole: drivers of several projects run at the same time.
        public volatile Content? Content;
    }

    private sealed class Content(DeclarationFingerprint fingerprint, TModel? model)
    {
        public DeclarationFingerprint Fingerprint => fingerprint;

        public TModel? Model => model;
    }
}
