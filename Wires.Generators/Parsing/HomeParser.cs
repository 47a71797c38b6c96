using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Memory;
using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Parsing;

/// <summary>Turns a <c>[Home]</c> interface into its model.</summary>
internal static class HomeParser
{
    private const string Suffix = "HomeProxy";

    private static readonly Memo<HomeModel> Known = new();

    public static HomeModel? Parse(SyntaxNode node, Compilation compilation, CancellationToken cancellation) =>
        Known.Get(node, compilation, static (node, model, cancellation) => ParseNode((InterfaceDeclarationSyntax)node, model, cancellation), cancellation);

    private static Parsed<HomeModel> ParseNode(InterfaceDeclarationSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(node, cancellation) is not INamedTypeSymbol type
            || type.FindWiresAttribute("HomeAttribute") is not { } attribute
            || !WireParser.IsIn(node, attribute))
        {
            return default;
        }

        return new Parsed<HomeModel>(ParseType(type, attribute, model.Compilation));
    }

    private static HomeModel? ParseType(INamedTypeSymbol type, AttributeData attribute, Compilation compilation)
    {
        // Nothing is emitted for what WIRE4005 reports: a proxy without some of the methods would not compile.
        var scope = new MemberScope(compilation, type, wire: null);
        if (type.IsFileLocal || WireNames.AllTypeArguments(type).Count > 0
            || TypeNames.Code(type, scope) is not { } interfaceName
            || HomeMethodParser.Parse(type, compilation) is not { } methods)
        {
            return null;
        }

        var space = type.ContainingNamespace.IsGlobalNamespace ? null : WireNames.NamespaceOf(type);
        var proxyName = ProxyNameOf(type);
        var name = WireNames.Expression(type, attribute: null, [], scope)!;
        return new HomeModel
        {
            MetadataName = WireNames.MetadataName(type),
            HintName = WireNames.HintName(type),
            Namespace = space,
            ProxyName = proxyName,
            InterfaceName = interfaceName,
            NameLiteral = name,
            CallTimeout = OptionsParser.CallTimeoutOf(attribute),
            Methods = methods,
            Registration = new HomeRegistrationModel(name, interfaceName, $"global::{(space is null ? "" : space + ".")}{proxyName}"),
            FormatterRoots = FormatterRoots.NamesOf(type, compilation),
        };
    }

    // The proxy stands beside the outermost type: what is around the interface need not be partial.
    private static string ProxyNameOf(INamedTypeSymbol type)
    {
        var name = type.Name + Suffix;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.Name}__{name}";
        }

        return name;
    }
}
