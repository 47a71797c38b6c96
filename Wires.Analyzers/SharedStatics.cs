using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>Tells statics through which wires would share memory. What it does not know, it lets pass.</summary>
internal sealed class SharedStatics(WireCompilation wires, IEnumerable<string> safeTypes)
{
    public const string FileName = "Wires.SafeTypes.txt";

    // Mutable collections of the base library. Classes of the user are mutable if they show a way to change them.
    private static readonly HashSet<string> MutableTypes = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.List`1", "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1", "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1", "System.Collections.Generic.LinkedList`1", "System.Collections.Generic.SortedDictionary`2", "System.Collections.Generic.SortedList`2",
        "System.Collections.Generic.SortedSet`1", "System.Collections.Generic.PriorityQueue`2", "System.Collections.ArrayList", "System.Collections.Hashtable", "System.Collections.BitArray",
        "System.Collections.ObjectModel.Collection`1", "System.Collections.ObjectModel.ObservableCollection`1", "System.Text.StringBuilder", "System.Random", "System.Diagnostics.Stopwatch",
        "System.Collections.Concurrent.ConcurrentDictionary`2", "System.Collections.Concurrent.ConcurrentQueue`1", "System.Collections.Concurrent.ConcurrentStack`1", "System.Collections.Concurrent.ConcurrentBag`1",
    };

    private static readonly HashSet<string> Readers = new(StringComparer.Ordinal)
    {
        "Count", "Length", "LongLength", "Rank", "Contains", "ContainsKey", "ContainsValue", "TryGetValue", "IndexOf", "LastIndexOf", "BinarySearch", "Find", "FindAll", "FindIndex", "FindLast", "Exists", "TrueForAll",
        "ToArray", "GetEnumerator", "CopyTo", "GetRange", "Keys", "Values", "Peek", "TryPeek", "First", "Last", "Min", "Max", "IsSubsetOf", "IsSupersetOf", "Overlaps", "SetEquals", "AsReadOnly", "Comparer", "Capacity",
        "ForEach", "ConvertAll", "GetValueOrDefault", "AsSpan", "GetLength", "GetUpperBound", "GetLowerBound", "Clone", "IsEmpty", "ToString", "GetHashCode", "Equals", "GetType",
    };

    private readonly HashSet<string> _safe = new(safeTypes.Select(static l => l.Split('#')[0].Trim()).Where(static l => l.Length > 0), StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _mutable = new(SymbolEqualityComparer.Default);

    /// <summary>The name of the field if wires would share memory through this reference to it.</summary>
    public string? Shared(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        if (!field.IsStatic || field.IsConst || !IsOurs(field) || IsThreadBound(field) || IsAccepted(field, field.Type))
        {
            return null;
        }

        string name = $"{field.ContainingType.Name}.{field.Name}";
        if (!field.IsReadOnly)
        {
            return name;
        }

        return IsMutable(field.Type) && !(field.DeclaredAccessibility == Accessibility.Private && OnlyReads(reference)) ? name : null;
    }

    /// <summary>The name of an auto-property likewise; other properties are code, which is followed.</summary>
    public string? Shared(IPropertySymbol property, bool isWritten)
    {
        if (!property.IsStatic || !IsOurs(property) || !IsAuto(property) || IsAccepted(property, property.Type))
        {
            return null;
        }

        return property.SetMethod is not null || isWritten || IsMutable(property.Type) ? $"{property.ContainingType.Name}.{property.Name}" : null;
    }

    // Statics of other assemblies are their authors' business, and many are safe in ways that cannot be seen.
    private static bool IsOurs(ISymbol member) => !member.DeclaringSyntaxReferences.IsEmpty;

    private bool IsThreadBound(IFieldSymbol field) =>
        WireCompilation.Has(field, wires.GetType("System.ThreadStaticAttribute"))
        || field.Type.Name is "ThreadLocal" or "AsyncLocal";

    private bool IsAccepted(ISymbol member, ITypeSymbol type) =>
        IsNamedSafe(type) || WireCompilation.Has(member, wires.Types.SharedSafely) || WireCompilation.Has(type.OriginalDefinition, wires.Types.SharedSafely);

    private bool IsNamedSafe(ITypeSymbol type) =>
        _safe.Contains(type.OriginalDefinition is INamedTypeSymbol named ? TravelTable.MetadataName(named) : type.ToDisplayString());

    private static bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().Any(m => m is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    public bool IsMutable(ITypeSymbol type) => _mutable.GetOrAdd(type, Find);

    private bool Find(ITypeSymbol type)
    {
        if (IsNamedSafe(type))
        {
            return false;
        }

        if (type is IArrayTypeSymbol)
        {
            return true;
        }

        if (type is not INamedTypeSymbol named || named.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return false;
        }

        if (named.DeclaringSyntaxReferences.IsEmpty)
        {
            return MutableTypes.Contains(TravelTable.MetadataName(named.OriginalDefinition));
        }

        if (WireCompilation.Has(named.OriginalDefinition, wires.Types.Immutable) || WireCompilation.Has(named.OriginalDefinition, wires.Types.SharedSafely) || named.IsValueType || wires.IsWireClass(named))
        {
            return false;
        }

        // A class of the compilation: one field that can be assigned after construction makes it mutable. Concurrency by design is not for a compiler to see, so a lock in it excuses it.
        bool settable = false;
        for (INamedTypeSymbol? level = named; level is { SpecialType: SpecialType.None }; level = level.BaseType)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false } field)
                {
                    if (field.Type.Name is "Lock" or "SemaphoreSlim" or "ReaderWriterLockSlim" || field.Name.IndexOf("lock", StringComparison.OrdinalIgnoreCase) >= 0
                        || field.Type.SpecialType == SpecialType.System_Object || field.IsVolatile)
                    {
                        return false;
                    }

                    settable |= !field.IsReadOnly && !(field.AssociatedSymbol is IPropertySymbol { SetMethod: null or { IsInitOnly: true } });
                }
            }
        }

        return settable;
    }

    /// <summary>Whether this use of an array or collection leaves it as it is: an index read, an enumeration, a reading member.</summary>
    private static bool OnlyReads(IFieldReferenceOperation reference)
    {
        if (!OnlyReadsHere(reference))
        {
            return false;
        }

        // One writer anywhere in the class makes every reader see shared memory; the initializer is not one. Names are enough: in doubt it is read only.
        foreach (SyntaxReference declaration in reference.Field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (IdentifierNameSyntax name in declaration.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (name.Identifier.ValueText == reference.Field.Name && IsWrittenThrough(name))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool OnlyReadsHere(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call when ReferenceEquals(call.Instance, reference) => Readers.Contains(call.TargetMethod.Name),
        IPropertyReferenceOperation property when ReferenceEquals(property.Instance, reference) => !Writes.To(property),
        IArrayElementReferenceOperation element => !Writes.To(element),
        IForEachLoopOperation => true,
        IConversionOperation { Type: INamedTypeSymbol { Name: "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" or "IReadOnlyDictionary" or "IReadOnlySet" or "ReadOnlySpan" or "ReadOnlyMemory" } } => true,
        IConversionOperation conversion => OnlyReadsHere(conversion),
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } reader } } when Readers.Contains(reader.Name) => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var target } } => target.ContainingType.Name is "Enumerable" or "Array" or "MemoryExtensions" && target.Name is not ("Sort" or "Reverse" or "Fill" or "Clear" or "Resize" or "Copy"),
        IArgumentOperation { Parameter.Type: INamedTypeSymbol { Name: "ReadOnlySpan" } } => true,
        _ => false,
    };

    private static bool IsWrittenThrough(IdentifierNameSyntax name)
    {
        ExpressionSyntax access = name.Parent is MemberAccessExpressionSyntax qualified && qualified.Name == name ? qualified : name;
        return access.Parent switch
        {
            MemberAccessExpressionSyntax member when member.Expression == access && member.Parent is InvocationExpressionSyntax => !Readers.Contains(member.Name.Identifier.ValueText) && IsMutator(member.Name.Identifier.ValueText),
            ElementAccessExpressionSyntax element => element.Parent is AssignmentExpressionSyntax assignment && assignment.Left == element || element.Parent is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax,
            _ => false,
        };
    }

    private static bool IsMutator(string name) => name is
        "Add" or "AddRange" or "TryAdd" or "Remove" or "RemoveAt" or "RemoveAll" or "RemoveRange" or "Clear" or "Insert" or "InsertRange" or "Push" or "Pop" or "TryPop" or "Enqueue" or "Dequeue" or "TryDequeue"
        or "Sort" or "Reverse" or "UnionWith" or "ExceptWith" or "IntersectWith" or "AddFirst" or "AddLast" or "RemoveFirst" or "RemoveLast" or "GetOrAdd" or "AddOrUpdate" or "TryRemove" or "TryUpdate" or "Append";
}
