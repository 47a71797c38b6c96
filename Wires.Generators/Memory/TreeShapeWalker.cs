using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wires.Generators.Parsing;

namespace Wires.Generators.Memory;

/// <summary>Visits the declarations of one file. What is not mentioned here is not part of its shape.</summary>
internal sealed class TreeShapeWalker
{
    public ulong Value { get; private set; } = Hash.Start;

    public void Add(CompilationUnitSyntax unit)
    {
        AddNullability(unit);
        AddTokens(unit.Externs);
        AddTokens(unit.Usings);
        AddMembers(unit.Members, isWire: false);
    }

    // `#nullable` changes what the types below it mean, wherever it stands.
    private void AddNullability(CompilationUnitSyntax unit)
    {
        if (!unit.ContainsDirectives)
        {
            return;
        }

        for (var directive = unit.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
        {
            if (directive.IsKind(SyntaxKind.NullableDirectiveTrivia))
            {
                Add(directive.ToString());
            }
        }
    }

    private void AddMembers(SyntaxList<MemberDeclarationSyntax> members, bool isWire)
    {
        foreach (var member in members)
        {
            AddMember(member, isWire);
        }

        Add("}");
    }

    private void AddMember(MemberDeclarationSyntax member, bool isWire)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                AddTokens(space.Name);
                AddTokens(space.Usings);
                AddMembers(space.Members, isWire: false);
                break;
            case TypeDeclarationSyntax type:
                AddType(type);
                break;
            case EnumDeclarationSyntax or DelegateDeclarationSyntax:
                AddTokens(member);
                break;
            case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword):
                AddTokens(field);
                break;
            case var _ when isWire:
                break;
            case BaseFieldDeclarationSyntax field:
                AddField(field);
                break;
            case EventDeclarationSyntax @event:
                AddTokens(@event.AttributeLists);
                AddTokens(@event.Modifiers);
                Add(@event.Identifier.ValueText);
                break;
            case PropertyDeclarationSyntax property:
                AddProperty(property);
                break;
            case MethodDeclarationSyntax method:
                AddHead(method, method.ReturnType, method.Identifier, method.ParameterList);
                AddTokens(method.ConstraintClauses);
                break;
            case ConstructorDeclarationSyntax constructor:
                AddHead(constructor, type: null, constructor.Identifier, constructor.ParameterList);
                break;
        }
    }

    private void AddType(TypeDeclarationSyntax type)
    {
        // Wire classes may capture too, but they are no data.
        var isWire = WireSyntax.IsCandidate(type);
        if (!isWire)
        {
            Add(CapturedParameters.In(type));
        }

        AddTokens(type.AttributeLists);
        AddTokens(type.Modifiers);
        Add(type.Keyword.Text);
        Add(type.Identifier.ValueText);
        AddTokens(type.TypeParameterList);
        AddTokens(isWire ? null : type.ParameterList);
        AddTokens(type.BaseList);
        AddTokens(type.ConstraintClauses);
        if (type is RecordDeclarationSyntax record)
        {
            Add(record.ClassOrStructKeyword.Text);
        }

        AddMembers(type.Members, isWire);
    }

    private void AddField(BaseFieldDeclarationSyntax field)
    {
        AddTokens(field.AttributeLists);
        AddTokens(field.Modifiers);
        Add(field is EventFieldDeclarationSyntax ? "event" : "");
        AddTokens(field.Declaration.Type);
        foreach (var variable in field.Declaration.Variables)
        {
            Add(variable.Identifier.ValueText);
            AddStored(variable.Initializer);
        }
    }

    // A property has a field behind it if it has an accessor without code, or one that says `field`.
    private void AddProperty(PropertyDeclarationSyntax property)
    {
        AddTokens(property.AttributeLists);
        AddTokens(property.Modifiers);
        AddTokens(property.Type);
        Add(property.Identifier.ValueText);
        Add(property.ExplicitInterfaceSpecifier is null ? "" : "explicit");
        foreach (var accessor in property.AccessorList?.Accessors ?? default)
        {
            AddTokens(accessor.Modifiers);
            Add(accessor.Keyword.Text);
            Add(accessor.Body is null && accessor.ExpressionBody is null ? ";" : "");
        }

        Add(property.DescendantTokens().Any(static token => token.Text is "field") ? "field" : "");
        AddStored(property.Initializer);
    }

    // Whether a constructor's parameter is stored as it is says how an object is made again.
    private void AddStored(EqualsValueClauseSyntax? initializer) => Add(initializer?.Value is IdentifierNameSyntax name ? name.Identifier.ValueText : "");

    private void AddHead(BaseMethodDeclarationSyntax method, TypeSyntax? type, SyntaxToken name, ParameterListSyntax parameters)
    {
        AddTokens(method.AttributeLists);
        AddTokens(method.Modifiers);
        AddTokens(type);
        Add(name.ValueText);
        AddTokens(parameters);
    }

    private void AddTokens<TNode>(SyntaxList<TNode> nodes)
        where TNode : SyntaxNode
    {
        foreach (var node in nodes)
        {
            AddTokens(node);
        }
    }

    private void AddTokens(SyntaxTokenList tokens)
    {
        foreach (var token in tokens)
        {
            Add(token.Text);
        }
    }

    private void AddTokens(SyntaxNode? node)
    {
        if (node is null)
        {
            return;
        }

        foreach (var token in node.DescendantTokens())
        {
            Add(token.Text);
        }
    }

    private void Add(string text) => Value = Hash.Add(Value, text);
}
