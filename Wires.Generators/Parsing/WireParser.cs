using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Memory;
using Wires.Generators.Models;
using Wires.Generators.Serialization;

namespace Wires.Generators.Parsing;

/// <summary>Turns a wire class into its model. Symbols go no further than this folder.</summary>
internal static class WireParser
{
    private static readonly Memo<WireModel> Known = new();

    public static WireModel? Parse(SyntaxNode node, Compilation compilation, CancellationToken cancellation) =>
        Known.Get(node, compilation, static (node, model, cancellation) => ParseNode((ClassDeclarationSyntax)node, model, cancellation), cancellation);

    private static Parsed<WireModel> ParseNode(ClassDeclarationSyntax node, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(node, cancellation) is not { } type
            || type.FindWiresAttribute("WireAttribute") is not { } attribute
            || !IsIn(node, attribute))
        {
            return default;
        }

        return new Parsed<WireModel>(ParseType(type, attribute, node, model.Compilation, cancellation), !DerivesFromWire(type));
    }

    private static WireModel? ParseType(INamedTypeSymbol type, AttributeData attribute, ClassDeclarationSyntax node, Compilation compilation, CancellationToken cancellation)
    {
        // Nothing is emitted for what WIRE4001 reports: not partial, static, abstract, file-local, or within a type that is not partial.
        if (type.IsStatic || type.IsAbstract || type.IsFileLocal || !IsPartial(node) || ContainerParser.Parse(node) is not { } containers)
        {
            return null;
        }

        var scope = new MemberScope(compilation, type, type);

        // No constructor that generated code can call: reported by WIRE4001 too.
        if (TypeNames.Code(type, scope) is not { } className || ConstructorParser.Parse(type, className, scope) is not { } create)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        var refClassName = RefNameOf(type, className);
        var methods = MethodParser.Parse(type, node, compilation);
        var name = WireNames.Parse(type, attribute, scope);
        var registerMethod = name.IsClosed && !new MemberScope(compilation, type, wire: null).CanName(type) ? RegisterMethodOf(type) : null;
        return new WireModel
        {
            MetadataName = WireNames.MetadataName(type),
            HintName = WireNames.HintName(type),
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? null : WireNames.NamespaceOf(type),
            Containers = containers,
            Accessibility = SyntaxFacts.GetText(type.DeclaredAccessibility),
            Name = Identifiers.EscapeType(type.Name),
            RefName = type.Name + RefResolver.Suffix,
            TypeParameters = TypeParameterParser.List(type),
            Constraints = TypeParameterParser.Constraints(type.TypeParameters, scope),
            ClassName = className,
            RefClassName = refClassName,
            Cref = className.Replace('<', '{').Replace('>', '}'),
            NameExpression = name.Expression,
            Attributes = AttributePrinter.ForMember(type, scope),
            Options = OptionsParser.Parse(type, attribute),
            CreateExpression = create,
            Methods = methods,
            Ticks = TickParser.Parse(type, compilation),
            State = StateParser.Parse(type, compilation),
            RegisterMethod = registerMethod,
            FormatterRoots = FormatterRoots.NamesOf(type, compilation),
            PrivateFormatters = TypeClassifier.For(compilation).PrivateFormattersOf(type),
            Registration = new RegistrationModel(name.IsClosed ? name.Expression : null, ThroughOf(type, registerMethod), className, refClassName),
        };
    }

    private static bool IsPartial(TypeDeclarationSyntax node) => node.Modifiers.Any(SyntaxKind.PartialKeyword);

    // The attribute on two parts is an error of the user's; the type is still one.
    public static bool IsIn(SyntaxNode node, AttributeData first) =>
        first.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == node.SyntaxTree && node.Span.Contains(reference.Span);

    // The shape of a file does not tell the messages and fields of wire classes, which are inherited here.
    private static bool DerivesFromWire(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (level.IsWireClass() && level.Locations.Length > 0 && level.Locations[0].IsInSource)
            {
                return true;
            }
        }

        return false;
    }

    private static string RefNameOf(INamedTypeSymbol type, string className)
    {
        // The name ends `Account` or `@record` before its own type arguments, if any.
        var name = Identifiers.EscapeType(type.Name);
        var arguments = TypeParameterParser.List(type);
        return className.Substring(0, className.Length - arguments.Length - name.Length) + type.Name + RefResolver.Suffix + arguments;
    }

    private static string RegisterMethodOf(INamedTypeSymbol type)
    {
        var name = type.Name;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.Name}_{name}";
        }

        return "__Register_" + name;
    }

    private static string? ThroughOf(INamedTypeSymbol type, string? registerMethod)
    {
        if (registerMethod is null)
        {
            return null;
        }

        var outermost = type;
        while (outermost.ContainingType is { } outer)
        {
            outermost = outer;
        }

        var space = outermost.ContainingNamespace.IsGlobalNamespace ? "" : WireNames.NamespaceOf(outermost) + ".";
        return $"global::{space}{Identifiers.EscapeType(outermost.Name)}.{registerMethod}()";
    }
}
