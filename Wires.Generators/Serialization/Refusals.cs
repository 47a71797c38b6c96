using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>Types that cannot leave their node, each with the reason and the way out. Each sentence goes on from the type's name.</summary>
internal static class Refusals
{
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["System.Object"] = "could be anything; name a concrete type, or a base type with [MemoryPackUnion]",
        ["System.ValueType"] = "could be anything; name a concrete type",
        ["System.Enum"] = "could be any enum; name one",
        ["System.Array"] = "could be any array; name its element type",
        ["System.Delegate"] = DelegateReason,
        ["System.MulticastDelegate"] = DelegateReason,
        ["System.Type"] = "names code that the reader may not have; send a string or an enum",
        ["System.Exception"] = "holds what only its own node knows (stack, inner state); send its message, or throw it",
        ["System.IO.Stream"] = "belongs to one node; send its bytes, or the ref of a wire that owns it",
        ["System.IO.TextReader"] = "belongs to one node; send the text, or the ref of a wire that owns it",
        ["System.IO.TextWriter"] = "belongs to one node; send the text, or the ref of a wire that owns it",
        ["System.Threading.Tasks.Task"] = TaskReason,
        ["System.Threading.Tasks.Task`1"] = TaskReason,
        ["System.Threading.Tasks.ValueTask"] = TaskReason,
        ["System.Threading.Tasks.ValueTask`1"] = TaskReason,
        ["Wires.WireTask"] = TaskReason,
        ["Wires.WireTask`1"] = TaskReason,
        ["System.Threading.Thread"] = "belongs to one process; a wire needs no thread of its own",
        ["System.Threading.CancellationToken"] = "is no data; make it a parameter of the method itself, where it travels",
        ["System.Threading.CancellationTokenSource"] = "belongs to one process; pass a CancellationToken to the method",
        ["System.Threading.Timer"] = "belongs to one process; use [Every] or Wire.Delay",
        ["System.Threading.Lock"] = LockReason,
        ["System.Threading.SemaphoreSlim"] = LockReason,
        ["System.Threading.Mutex"] = LockReason,
        ["System.Threading.ReaderWriterLockSlim"] = LockReason,
        ["System.IServiceProvider"] = "belongs to one node; take services as constructor parameters of the wire",
        ["System.Collections.Generic.IAsyncEnumerable`1"] = "cannot be stored or passed; return it from a method of a wire, which streams it",
        ["System.Runtime.InteropServices.GCHandle"] = "is an address of one process",
        ["System.RuntimeTypeHandle"] = "is an address of one process",
    };

    private const string DelegateReason = "is a delegate: its code and what it captured stay on their node; send data, or the ref of a wire to call back";
    private const string TaskReason = "runs on one node; await it and send its result";
    private const string LockReason = "belongs to one process; one turn at a time needs no lock";

    /// <summary>Why values of this type (or of a type derived from it) cannot travel; null when nothing is known against it.</summary>
    public static string? Of(ITypeSymbol type)
    {
        switch (type.TypeKind)
        {
            case TypeKind.Delegate:
                return DelegateReason;
            case TypeKind.Pointer or TypeKind.FunctionPointer:
                return "is an address of one process; send what it points at";
            case TypeKind.Dynamic:
                return ByName["System.Object"];
        }

        if (type.IsRefLikeType)
        {
            return "is a ref struct, which lives on one stack; send an array or a plain struct";
        }

        for (var current = type; current is INamedTypeSymbol named; current = current.BaseType)
        {
            // What everything derives from says something about itself only.
            var everythingDerives = current.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum or SpecialType.System_Array;
            if ((!everythingDerives || SymbolEqualityComparer.Default.Equals(current, type)) && ByName.TryGetValue(KnownTypes.MetadataName(named.OriginalDefinition), out var reason))
            {
                return reason;
            }
        }

        return null;
    }
}
