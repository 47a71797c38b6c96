using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE3005: state that would be lost on a move, because it is in a field that neither the generator nor the user can name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HiddenState() : WireRule(Rules.HiddenState)
{
    /// <summary>Says which way out the fix offers.</summary>
    public const string Kind = nameof(Kind);

    /// <summary>A captured parameter, to be made a field.</summary>
    public const string Parameter = nameof(Parameter);

    /// <summary>A field, to be marked <c>[Local]</c>.</summary>
    public const string Field = nameof(Field);

    private static readonly ImmutableDictionary<string, string?> None = ImmutableDictionary<string, string?>.Empty;

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        context.RegisterSymbolAction(c => CheckBase(c, wires), SymbolKind.NamedType);
        context.RegisterSymbolAction(c => CheckMember(c, wires), SymbolKind.Field, SymbolKind.Property);
        WireCode.OnOperations(context, wires, CheckAssignment, OperationKind.ParameterReference);
    }

    private void CheckBase(SymbolAnalysisContext context, WireCompilation wires)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!wires.IsWireClass(type))
        {
            return;
        }

        for (INamedTypeSymbol? level = type.BaseType; level is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class }; level = level.BaseType)
        {
            if (Travel.IsFramework(level) || HasPrivateFields(level))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rule, type.Locations[0], None, $"'{type.Name}' derives from '{level.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}', which keeps fields that the compiler cannot see, so they would not travel"));
                break;
            }
        }
    }

    private void CheckMember(SymbolAnalysisContext context, WireCompilation wires)
    {
        if (StateField.TypeOf(context.Symbol, wires) is { } type && wires.Travel.Problem(type) is { IsHidden: true } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, context.Symbol.Locations[0], None.Add(Kind, Field), $"State field '{context.Symbol.Name}' cannot travel with the wire: {problem.Reason}; hold data, or mark it [Local]"));
        }
    }

    private void CheckAssignment(WireOperation context)
    {
        var reference = (IParameterReferenceOperation)context.Operation;
        if (reference.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            && constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is TypeDeclarationSyntax
            && context.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.Constructor }
            && Writes.To(reference))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, reference.Syntax.GetLocation(), None.Add(Kind, Parameter),
                $"Constructor parameter '{reference.Parameter.Name}' is given anew on every attach, so what is assigned to it here is lost on a move; keep it in a field"));
        }
    }

    // Private members of other assemblies are not imported as symbols. A reference assembly has none to look at: then nothing is said.
    private static bool HasPrivateFields(INamedTypeSymbol type)
    {
        if (!type.DeclaringSyntaxReferences.IsEmpty || type.ContainingModule?.GetMetadata() is not { } module || type.MetadataToken == 0)
        {
            return false;
        }

        MetadataReader reader = module.GetMetadataReader();
        var definition = (TypeDefinitionHandle)MetadataTokens.EntityHandle(type.OriginalDefinition.MetadataToken);
        foreach (FieldDefinitionHandle handle in reader.GetTypeDefinition(definition).GetFields())
        {
            FieldAttributes attributes = reader.GetFieldDefinition(handle).Attributes;
            if (!attributes.HasFlag(FieldAttributes.Static) && (attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Private)
            {
                return true;
            }
        }

        return false;
    }
}
