using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>A member that travels, while there are still symbols.</summary>
internal sealed class ParsedMember(ISymbol symbol, IFieldSymbol? field, TypeNode type)
{
    /// <summary>The field or property.</summary>
    public ISymbol Symbol { get; } = symbol;

    /// <summary>The field itself, or the one behind an auto-property; null where the compiler does not show it.</summary>
    public IFieldSymbol? Field { get; } = field;

    public TypeNode Type { get; } = type;

    public IPropertySymbol? Property => Symbol as IPropertySymbol;

    public bool IsRequired => Symbol is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true };

    /// <summary>A member of the same name in a derived type hides it.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Accessed by its field, because an accessor of the property may do anything.</summary>
    public bool ByField { get; set; }

    public int Slot { get; set; }

    public int Parameter { get; set; } = -1;

    /// <summary>The constructor stores its argument unchanged, so the member need not be set again.</summary>
    public bool IsStoredByConstructor { get; set; }
}
