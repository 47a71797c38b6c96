using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Wires.Analyzers;

/// <summary>WIRE4004: one of our attributes where nobody reads it, or with a value that means nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AttributeMisuse() : WireRule(Rules.AttributeMisuse, WireUse.Attribute)
{
    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        context.RegisterSymbolAction(c => CheckType(new Check(c, Rule, wires), (INamedTypeSymbol)c.Symbol), SymbolKind.NamedType);
        context.RegisterSymbolAction(c => CheckMethod(new Check(c, Rule, wires), (IMethodSymbol)c.Symbol), SymbolKind.Method);
        context.RegisterSymbolAction(
            c =>
            {
                var check = new Check(c, Rule, wires);
                CheckLocal(check);
                CheckFormerNames(check);
            },
            SymbolKind.Field, SymbolKind.Property);
        context.RegisterSymbolAction(c => CheckParameter(new Check(c, Rule, wires), (IParameterSymbol)c.Symbol), SymbolKind.Parameter);
    }

    private static void CheckType(Check check, INamedTypeSymbol type)
    {
        CheckShared(check);
        if (check.Find(check.Types.Wire) is { } wire)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in wire.NamedArguments)
            {
                switch (argument.Key)
                {
                    case "Name" when argument.Value.Value is string name && string.IsNullOrWhiteSpace(name):
                        check.Report(wire, argument.Key, "has an empty Name; leave it out for the full name of the class");
                        break;
                    case "CallTimeout" when argument.Value.Value is string timeout && IsInfinite(timeout):
                        break;
                    case "IdleAfter" or "CallTimeout" when argument.Value.Value is string text && WrongPeriod(text) is { } wrong:
                        check.Report(wire, argument.Key, $"has a {argument.Key} that {wrong}");
                        break;
                    case "MailboxCapacity" when argument.Value.Value is < 0:
                        check.Report(wire, argument.Key, "has a negative MailboxCapacity; 0 stands for the default");
                        break;
                }
            }
        }

        if (check.Find(check.Types.Home) is { } home)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in home.NamedArguments)
            {
                if (argument.Value.Value is string timeout && !IsInfinite(timeout) && WrongPeriod(timeout) is { } wrong)
                {
                    check.Report(home, argument.Key, $"has a {argument.Key} that {wrong}");
                }
            }
        }

        if (check.Find(check.Types.Immutable) is { } immutable && FirstSettable(type) is { } settable)
        {
            // The promise may yet be kept by whoever uses the type, so this one case warns.
            check.Report(immutable, null, $"promises that instances never change, but '{settable.Name}' can be set; make it readonly or init", DiagnosticSeverity.Warning);
        }
    }

    private static void CheckMethod(Check check, IMethodSymbol method)
    {
        AttributeData? every = check.Find(check.Types.Every);
        if (every is not null)
        {
            CheckEvery(check, method, every);
        }

        if (check.Find(check.Types.Interleave) is { } interleave && every is null && NotCallable(check, method) is { } notInterleaved)
        {
            check.Report(interleave, null, notInterleaved);
        }

        if (check.Find(check.Types.OneWay) is { } oneWay)
        {
            if (NotCallable(check, method) is { } notCallable)
            {
                check.Report(oneWay, null, notCallable);
            }
            else if (!check.Types.IsWithoutResult(method.ReturnType))
            {
                check.Report(oneWay, null, $"gives no answer, but '{method.Name}' returns '{method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'; return void or WireTask");
            }
        }

        foreach (AttributeData attribute in method.GetReturnTypeAttributes())
        {
            if (check.Types.Move is not null && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, check.Types.Move))
            {
                CheckMove(check, attribute, method, ResultOf(check, method.ReturnType));
            }
        }
    }

    private static void CheckEvery(Check check, IMethodSymbol method, AttributeData every)
    {
        if (every.ConstructorArguments.FirstOrDefault().Value is string period && WrongPeriod(period) is { } wrong)
        {
            check.Report(every, null, "has a period that " + wrong);
        }
        else if (!check.Wires.MayBePartOfWire(method.ContainingType))
        {
            check.Report(every, null, $"has no meaning in '{method.ContainingType.Name}', which is not a wire class");
        }
        else if (method.IsStatic)
        {
            check.Report(every, null, $"needs a method of a wire, and '{method.Name}' is static");
        }
        else if (method.IsGenericMethod || !TakesNothingOrCancellation(check, method))
        {
            check.Report(every, null, $"calls '{method.Name}' without arguments; it may take a CancellationToken at most");
        }
        else if (!check.Types.IsWithoutResult(method.ReturnType))
        {
            check.Report(every, null, $"has nobody to give the result of '{method.Name}' to; return void or WireTask");
        }
    }

    private static void CheckShared(Check check)
    {
        if (check.Find(check.Types.SharedSafely) is not { } shared)
        {
            return;
        }

        if (check.Symbol is not INamedTypeSymbol && !check.Symbol.IsStatic)
        {
            check.Report(shared, null, $"has no meaning on '{check.Symbol.Name}': an instance member is not shared");
        }
        else if (shared.ConstructorArguments is [{ Value: string why }] && string.IsNullOrWhiteSpace(why))
        {
            check.Report(shared, null, "gives no reason; say what makes it safe");
        }
    }

    private static void CheckLocal(Check check)
    {
        CheckShared(check);
        if (check.Find(check.Types.Local) is { } local)
        {
            ISymbol member = check.Symbol;
            if (member.IsStatic)
            {
                check.Report(local, null, $"has no meaning on '{member.Name}': a static member never travels");
            }
            else if (!check.Wires.MayBePartOfWire(member.ContainingType))
            {
                check.Report(local, null, $"has no meaning in '{member.ContainingType.Name}', which is not a wire class");
            }
            else if (member is IPropertySymbol property && !HasBackingField(property))
            {
                check.Report(local, null, $"has no meaning on '{member.Name}': the property has no field behind it");
            }
        }
    }

    private static void CheckFormerNames(Check check)
    {
        ISymbol member = check.Symbol;
        foreach (AttributeData former in WireCompilation.FindAll(member, check.Types.FormerName))
        {
            if (!check.Wires.MayBePartOfWire(member.ContainingType))
            {
                check.Report(former, null, $"has no meaning in '{member.ContainingType.Name}', which is not a wire class");
            }
            else if (member.IsStatic || WireCompilation.Has(member, check.Types.Local) || (member is IPropertySymbol property && !HasBackingField(property)))
            {
                check.Report(former, null, $"has no meaning on '{member.Name}', which is no state of the wire");
            }
            else if (former.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: var value } && WrongName(value as string, member) is { } wrong)
            {
                check.Report(former, null, wrong);
            }
        }
    }

    private static string? WrongName(string? name, ISymbol member) =>
        string.IsNullOrWhiteSpace(name) ? "has no name in it; write the one that the member had"
        : string.Equals(name, member.Name, StringComparison.Ordinal) ? $"names '{member.Name}' as it is called now; write the name that it had"
        : null;

    private static void CheckParameter(Check check, IParameterSymbol parameter)
    {
        if (check.Find(check.Types.Move) is { } move && parameter.ContainingSymbol is IMethodSymbol method)
        {
            CheckMove(check, move, method, parameter.Type);
        }
    }

    private static void CheckMove(Check check, AttributeData move, IMethodSymbol method, ITypeSymbol type)
    {
        if (!check.Wires.IsHomeInterface(method.ContainingType) && NotCallable(check, method) is { } notCallable)
        {
            check.Report(move, null, notCallable);
        }
        else if (type.SpecialType is SpecialType.System_String or SpecialType.System_Void || IsPlainValue(type) || check.Wires.IsWireRef(type) || WellKnownTypes.Is(type, check.Types.CancellationToken))
        {
            check.Report(move, null, $"has no meaning for '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', of which nothing is shared");
        }
    }

    private static string? NotCallable(Check check, IMethodSymbol method) =>
        !check.Wires.MayBePartOfWire(method.ContainingType) ? $"has no meaning in '{method.ContainingType.Name}', which is not a wire class"
        : !check.Wires.IsMessage(method) ? $"has no meaning on '{method.Name}', which callers cannot reach: only public methods of the instance become messages"
        : null;

    // A value type that holds references (Memory<byte>) does share something, and is worth moving.
    private static bool IsPlainValue(ITypeSymbol type) => type is { IsValueType: true, IsUnmanagedType: true } and not ITypeParameterSymbol;

    private static ITypeSymbol ResultOf(Check check, ITypeSymbol type) =>
        WellKnownTypes.Is(type, check.Types.WireTaskOf) || WellKnownTypes.Is(type, check.Types.TaskOf) || WellKnownTypes.Is(type, check.Types.ValueTaskOf)
            ? ((INamedTypeSymbol)type).TypeArguments[0]
            : type;

    private static bool TakesNothingOrCancellation(Check check, IMethodSymbol method) =>
        method.Parameters.IsEmpty || (method.Parameters.Length == 1 && WellKnownTypes.Is(method.Parameters[0].Type, check.Types.CancellationToken));

    private static bool HasBackingField(IPropertySymbol property) =>
        property.ContainingType.GetMembers().Any(m => m is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    // Private fields may be caches that readers cannot see (a hash code computed late), so they are the author's word.
    private static ISymbol? FirstSettable(INamedTypeSymbol type) => type.GetMembers().FirstOrDefault(static member => member is
        IPropertySymbol { IsStatic: false, SetMethod: { IsInitOnly: false, DeclaredAccessibility: not Accessibility.Private }, ExplicitInterfaceImplementations.IsEmpty: true }
        or IFieldSymbol { IsStatic: false, IsReadOnly: false, IsConst: false, IsImplicitlyDeclared: false, DeclaredAccessibility: not Accessibility.Private });

    private static bool IsInfinite(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan period) && period == Timeout.InfiniteTimeSpan;

    private static string? WrongPeriod(string text) =>
        !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan period) ? $"is no TimeSpan: \"{text}\"; write it as \"00:00:05\""
        : period <= TimeSpan.Zero ? $"is not positive: \"{text}\""
        : null;

    /// <summary>One symbol under check.</summary>
    private readonly struct Check(SymbolAnalysisContext context, DiagnosticDescriptor rule, WireCompilation wires)
    {
        public ISymbol Symbol => context.Symbol;

        public WireCompilation Wires => wires;

        public WellKnownTypes Types => wires.Types;

        public AttributeData? Find(INamedTypeSymbol? attribute) => WireCompilation.Find(context.Symbol, attribute);

        public void Report(AttributeData attribute, string? argument, string message, DiagnosticSeverity severity = DiagnosticSeverity.Error)
        {
            string name = attribute.AttributeClass!.Name;
            context.ReportDiagnostic(Diagnostic.Create(
                rule, Where(attribute, argument), severity, additionalLocations: null, properties: null, name.Substring(0, name.Length - nameof(Attribute).Length), message));
        }

        private Location Where(AttributeData attribute, string? argument) =>
            attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not AttributeSyntax syntax ? context.Symbol.Locations[0]
            : argument is not null && syntax.ArgumentList?.Arguments.FirstOrDefault(a => string.Equals(a.NameEquals?.Name.Identifier.ValueText, argument, StringComparison.Ordinal)) is { } found
                ? found.GetLocation()
                : syntax.GetLocation();
    }
}
