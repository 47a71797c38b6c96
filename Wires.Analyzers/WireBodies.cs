using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wires.Analyzers;

/// <summary>Finds the code of the wire classes of a file and binds it, once for all rules.</summary>
internal static class WireBodies
{
    // The driver hands all rules the same model of a file, and drops it when the last one has seen it: so are the operations.
    private static readonly ConditionalWeakTable<SemanticModel, object> Known = new();

    /// <summary>The code of wire classes and their bases in a file, but not of types nested in them.</summary>
    public static ImmutableArray<WireBody> Of(SemanticModel model, WireCompilation wires, CancellationToken cancellation)
    {
        if (!wires.HasPartOfWire(model.SyntaxTree))
        {
            return [];
        }

        if (!Known.TryGetValue(model, out object? known))
        {
            known = Read(model, wires, cancellation);
            known = Known.GetValue(model, _ => known);
        }

        return (ImmutableArray<WireBody>)known;
    }

    private static ImmutableArray<WireBody> Read(SemanticModel model, WireCompilation wires, CancellationToken cancellation)
    {
        ImmutableArray<WireBody>.Builder bodies = ImmutableArray.CreateBuilder<WireBody>();
        foreach (TypeDeclarationSyntax declaration in DeclarationsIn(model.SyntaxTree, cancellation))
        {
            if (model.GetDeclaredSymbol(declaration, cancellation) is { } type && wires.IsPartOfWire(type))
            {
                AddPrimaryConstructor(declaration, type);
                foreach (MemberDeclarationSyntax member in declaration.Members)
                {
                    AddMember(member);
                }
            }
        }

        return bodies.ToImmutable();

        void AddPrimaryConstructor(TypeDeclarationSyntax declaration, INamedTypeSymbol type)
        {
            if (declaration.ParameterList is { } parameters
                && type.InstanceConstructors.FirstOrDefault(c => c.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == declaration.SyntaxTree && r.Span == declaration.Span)) is { } constructor)
            {
                Add(constructor, [.. Defaults(parameters), declaration.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault()]);
            }
        }

        void AddMember(MemberDeclarationSyntax member)
        {
            switch (member)
            {
                case BaseMethodDeclarationSyntax method:
                    Add(model.GetDeclaredSymbol(method, cancellation), [.. Defaults(method.ParameterList), (method as ConstructorDeclarationSyntax)?.Initializer, method.Body, method.ExpressionBody]);
                    break;
                case BaseFieldDeclarationSyntax field:
                    foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                    {
                        Add(model.GetDeclaredSymbol(variable, cancellation), variable.Initializer);
                    }

                    break;
                case BasePropertyDeclarationSyntax property:
                    AddProperty(property);
                    break;
            }
        }

        void AddProperty(BasePropertyDeclarationSyntax declaration)
        {
            ISymbol? symbol = model.GetDeclaredSymbol(declaration, cancellation);
            Add(symbol, (declaration as PropertyDeclarationSyntax)?.Initializer);
            Add((symbol as IPropertySymbol)?.GetMethod, (declaration as PropertyDeclarationSyntax)?.ExpressionBody ?? (declaration as IndexerDeclarationSyntax)?.ExpressionBody);
            foreach (AccessorDeclarationSyntax accessor in declaration.AccessorList?.Accessors ?? [])
            {
                Add(model.GetDeclaredSymbol(accessor, cancellation), accessor.Body, accessor.ExpressionBody);
            }
        }

        void Add(ISymbol? owner, params SyntaxNode?[] code)
        {
            if (owner is not null)
            {
                ImmutableArray<IOperation> blocks = code.Select(node => node is null ? null : model.GetOperation(node, cancellation)).OfType<IOperation>().ToImmutableArray();
                if (!blocks.IsEmpty)
                {
                    bodies.Add(new WireBody(owner, blocks));
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode?> Defaults(BaseParameterListSyntax parameters) => parameters.Parameters.Select(static p => p.Default);

    /// <summary>The types that a file declares, found without a look into their code.</summary>
    public static List<TypeDeclarationSyntax> DeclarationsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        var found = new List<TypeDeclarationSyntax>();
        if (tree.GetRoot(cancellation) is CompilationUnitSyntax unit)
        {
            Collect(unit.Members);
        }

        return found;

        void Collect(SyntaxList<MemberDeclarationSyntax> members)
        {
            foreach (MemberDeclarationSyntax member in members)
            {
                switch (member)
                {
                    case BaseNamespaceDeclarationSyntax space:
                        Collect(space.Members);
                        break;
                    case TypeDeclarationSyntax type:
                        found.Add(type);
                        Collect(type.Members);
                        break;
                }
            }
        }
    }
}
