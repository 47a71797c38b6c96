using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Serialization;

namespace Wires.Generators.Parsing;

/// <summary>The place where a type is named: what a name means there, and what generated code may name. Lives as long as one parse.</summary>
internal sealed class MemberScope
{
    private readonly Compilation _compilation;
    private readonly ISymbol _within;
    private readonly ISymbol? _member;
    private readonly SemanticModel? _model;
    private readonly int _position;

    /// <param name="compilation">The compilation.</param>
    /// <param name="member">The declaration that names the type.</param>
    /// <param name="wire">The wire class, inside which the generated code stands; null at the level of the module.</param>
    public MemberScope(Compilation compilation, ISymbol member, INamedTypeSymbol? wire)
    {
        _compilation = compilation;
        _member = member;
        _within = (ISymbol?)wire ?? compilation.Assembly;
    }

    /// <summary>A place in a file; the generated code stands at the level of the module.</summary>
    public MemberScope(SemanticModel model, int position)
    {
        _compilation = model.Compilation;
        _within = _compilation.Assembly;
        _model = model;
        _position = position;
    }

    /// <summary>What happens to values of a type that is named here.</summary>
    public TypePlan Classify(ITypeSymbol type) => TypeClassifier.For(_compilation).Classify(type, _member, _within as INamedTypeSymbol);

    public bool CanName(ITypeSymbol type) => _compilation.IsSymbolAccessibleWithin(type, _within);

    /// <summary>
    /// Types of a name that are visible from here, through namespaces, usings and containing types: the nearest first, then those that it hides.
    /// It hides only its own name, not that of the ref which belongs to a hidden one.
    /// </summary>
    public IEnumerable<ISymbol> Lookup(string name)
    {
        if (Place() is not var (model, position))
        {
            return [];
        }

        return model.LookupNamespacesAndTypes(position, container: null, name)
            .Concat(Outwards(model, position).SelectMany(p => model.LookupNamespacesAndTypes(p, container: null, name)));
    }

    private (SemanticModel Model, int Position)? Place() =>
        _model is not null ? (_model, _position)
        : _member?.DeclaringSyntaxReferences.FirstOrDefault() is { } reference ? (_compilation.GetSemanticModel(reference.SyntaxTree), reference.Span.Start)
        : null;

    // The keyword or name of a declaration lies outside what it declares.
    private static IEnumerable<int> Outwards(SemanticModel model, int position)
    {
        foreach (var node in model.SyntaxTree.GetRoot().FindToken(position).Parent?.AncestorsAndSelf() ?? [])
        {
            if (node is TypeDeclarationSyntax type)
            {
                yield return type.Identifier.SpanStart;
            }
            else if (node is BaseNamespaceDeclarationSyntax space)
            {
                yield return space.NamespaceKeyword.SpanStart;
            }
        }
    }

    /// <summary>What a reference in a documentation comment means.</summary>
    public ISymbol? Resolve(CrefSyntax cref) => _compilation.GetSemanticModel(cref.SyntaxTree).GetSymbolInfo(cref).Symbol;
}
