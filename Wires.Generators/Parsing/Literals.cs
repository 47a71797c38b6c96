using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Wires.Generators.Parsing;

/// <summary>Constants as source code.</summary>
internal static class Literals
{
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>The default value of a parameter, to be assigned to it.</summary>
    public static string? DefaultOf(IParameterSymbol parameter, MemberScope scope)
    {
        if (parameter.ExplicitDefaultValue is not { } value)
        {
            return parameter.Type.IsValueType || parameter.Type.TypeKind is TypeKind.TypeParameter or TypeKind.Error ? "default" : "null";
        }

        return Constant(value, parameter.Type, scope);
    }

    public static string? Constant(object? value, ITypeSymbol type, MemberScope scope)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        if (type.TypeKind == TypeKind.Enum && value is not null)
        {
            return Enum(value, (INamedTypeSymbol)type, scope);
        }

        return value switch
        {
            null => "null",
            string text => Text(text),
            char c => SymbolDisplay.FormatLiteral(c, quote: true),
            bool b => b ? "true" : "false",
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            double d => d.ToString("R", CultureInfo.InvariantCulture) + "D",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            float f => f.ToString("R", CultureInfo.InvariantCulture) + "F",
            decimal m => m.ToString(CultureInfo.InvariantCulture) + "M",
            uint u => u.ToString(CultureInfo.InvariantCulture) + "U",
            long l => l.ToString(CultureInfo.InvariantCulture) + "L",
            ulong u => u.ToString(CultureInfo.InvariantCulture) + "UL",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static string? Enum(object value, INamedTypeSymbol type, MemberScope scope)
    {
        // Without the question mark that a nullable parameter would put behind it.
        if (TypeNames.Code(type, scope) is not { } name)
        {
            return null;
        }

        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true } field && value.Equals(field.ConstantValue))
            {
                return $"{name}.{Identifiers.Escape(field.Name)}";
            }
        }

        return $"({name})({Convert.ToString(value, CultureInfo.InvariantCulture)})";
    }
}
