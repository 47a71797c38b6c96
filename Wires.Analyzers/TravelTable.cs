using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>Known types, as data: what cannot leave its node, with the way out, and what the runtime has formatters for.</summary>
internal static class TravelTable
{
    private const string Delegate = "is a delegate: its code and what it captured stay on their node; hold data, or the ref of a wire to call back";
    private const string Task = "runs on one node; await it and keep its result";
    private const string Lock = "belongs to one process, and a turn is exclusive without it";
    private const string Timer = "belongs to one process; use [Every] or Wire.Delay";
    private const string Handle = "belongs to one process";
    private const string Connection = "is a connection of one node; take it as a constructor parameter, or open it in OnAttached";
    private const string Stream = "belongs to one node; hold its content, or the ref of a wire that owns it";
    private const string Queue = "hands values from thread to thread in one process; hold a queue of data";

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["System.Object"] = "could be anything; name a concrete type",
        ["System.ValueType"] = "could be anything; name a concrete type",
        ["System.Enum"] = "could be any enum; name one",
        ["System.Array"] = "could be any array; name its element type",
        ["System.Delegate"] = Delegate,
        ["System.Type"] = "names code that the reader may not have; hold a string or an enum",
        ["System.Exception"] = "holds what only its own node knows (its stack, inner state); keep its message, or throw it",
        ["System.WeakReference"] = Handle,
        ["System.WeakReference`1"] = Handle,
        ["System.IO.Stream"] = Stream,
        ["System.IO.TextReader"] = Stream,
        ["System.IO.TextWriter"] = Stream,
        ["System.IO.BinaryReader"] = Stream,
        ["System.IO.BinaryWriter"] = Stream,
        ["System.IO.FileSystemWatcher"] = Handle,
        ["System.IO.Pipelines.Pipe"] = Stream,
        ["System.IO.Pipelines.PipeReader"] = Stream,
        ["System.IO.Pipelines.PipeWriter"] = Stream,
        ["System.Threading.Tasks.Task"] = Task,
        ["System.Threading.Tasks.ValueTask"] = Task,
        ["System.Threading.Tasks.ValueTask`1"] = Task,
        ["System.Threading.Tasks.TaskCompletionSource"] = Task,
        ["System.Threading.Tasks.TaskCompletionSource`1"] = Task,
        ["Wires.WireTask"] = Task,
        ["Wires.WireTask`1"] = Task,
        ["System.Threading.Thread"] = "belongs to one process, and a wire needs no thread of its own",
        ["System.Threading.CancellationToken"] = "is no data; make it a parameter of the method, where it travels",
        ["System.Threading.CancellationTokenSource"] = "belongs to one process; take a CancellationToken as a parameter of the method",
        ["System.Threading.CancellationTokenRegistration"] = Handle,
        ["System.Threading.Timer"] = Timer,
        ["System.Threading.PeriodicTimer"] = Timer,
        ["System.Timers.Timer"] = Timer,
        ["System.Threading.Lock"] = Lock,
        ["System.Threading.WaitHandle"] = Lock,
        ["System.Threading.SemaphoreSlim"] = Lock,
        ["System.Threading.ManualResetEventSlim"] = Lock,
        ["System.Threading.CountdownEvent"] = Lock,
        ["System.Threading.Barrier"] = Lock,
        ["System.Threading.ReaderWriterLockSlim"] = Lock,
        ["System.Threading.ThreadLocal`1"] = "belongs to one thread, and a wire runs on many",
        ["System.Threading.AsyncLocal`1"] = "flows with calls of one process; make it a parameter or a field",
        ["System.Threading.Channels.Channel`1"] = Queue,
        ["System.Threading.Channels.Channel`2"] = Queue,
        ["System.Threading.Channels.ChannelReader`1"] = Queue,
        ["System.Threading.Channels.ChannelWriter`1"] = Queue,
        ["System.Net.Sockets.Socket"] = Connection,
        ["System.Net.Sockets.TcpClient"] = Connection,
        ["System.Net.Sockets.TcpListener"] = Connection,
        ["System.Net.Sockets.UdpClient"] = Connection,
        ["System.Net.WebSockets.WebSocket"] = Connection,
        ["System.Net.Http.HttpMessageInvoker"] = Connection,
        ["System.Net.Http.HttpMessageHandler"] = Connection,
        ["System.Data.Common.DbConnection"] = Connection,
        ["System.Data.Common.DbCommand"] = Connection,
        ["System.Data.Common.DbTransaction"] = Connection,
        ["System.Data.Common.DbDataReader"] = Connection,
        ["Microsoft.EntityFrameworkCore.DbContext"] = Connection,
        ["System.Diagnostics.Process"] = Handle,
        ["System.Runtime.InteropServices.SafeHandle"] = Handle,
        ["System.Runtime.InteropServices.GCHandle"] = Handle,
        ["System.RuntimeTypeHandle"] = Handle,
        ["System.Reflection.Assembly"] = Handle,
        ["System.Linq.Expressions.Expression"] = Delegate,
    };

    private static readonly HashSet<string> Formatted = Build();

    /// <summary>Why values of this type, or of a type that derives from it, are refused; a sentence that goes on from its name.</summary>
    public static string? Refusal(ITypeSymbol type)
    {
        switch (type.TypeKind)
        {
            case TypeKind.Delegate:
                return Delegate;
            case TypeKind.Pointer or TypeKind.FunctionPointer:
                return "is an address of one process";
            case TypeKind.Dynamic:
                return Refused["System.Object"];
            case TypeKind.TypeParameter:
                return null;
        }

        if (type.IsRefLikeType)
        {
            return "is a ref struct, which lives on one stack; hold an array or a plain struct";
        }

        for (ITypeSymbol? level = type; level is INamedTypeSymbol named; level = level.BaseType)
        {
            // What everything derives from says something of itself only.
            bool isRoot = level.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum or SpecialType.System_Array;
            if ((!isRoot || ReferenceEquals(level, type)) && Refused.TryGetValue(MetadataName(named.OriginalDefinition), out string? reason))
            {
                return reason;
            }
        }

        return null;
    }

    public static bool HasFormatter(INamedTypeSymbol type) => type.IsTupleType || Formatted.Contains(MetadataName(type.OriginalDefinition));

    public static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? MetadataName(outer) + "+" + type.MetadataName
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName
        : type.MetadataName;

    private static HashSet<string> Build()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Add("System.", "Nullable`1", "Version", "Uri", "TimeZoneInfo", "Lazy`1", "ArraySegment`1", "Memory`1", "ReadOnlyMemory`1",
            "Numerics.BigInteger", "Collections.BitArray", "Text.StringBuilder", "Globalization.CultureInfo", "Buffers.ReadOnlySequence`1");
        for (int arity = 1; arity <= 8; arity++)
        {
            Add("System.", "Tuple`" + arity, "ValueTuple`" + arity);
        }

        Add("System.Collections.Generic.",
            "KeyValuePair`2", "List`1", "Stack`1", "Queue`1", "LinkedList`1", "HashSet`1", "SortedSet`1", "PriorityQueue`2", "Dictionary`2", "SortedDictionary`2", "SortedList`2", "OrderedDictionary`2",
            "IEnumerable`1", "ICollection`1", "IReadOnlyCollection`1", "IList`1", "IReadOnlyList`1", "IDictionary`2", "IReadOnlyDictionary`2", "ISet`1", "IReadOnlySet`1");
        Add("System.Collections.ObjectModel.", "Collection`1", "ObservableCollection`1", "ReadOnlyCollection`1", "ReadOnlyObservableCollection`1", "ReadOnlySet`1", "ReadOnlyDictionary`2");
        Add("System.Collections.Concurrent.", "ConcurrentQueue`1", "ConcurrentStack`1", "ConcurrentBag`1", "ConcurrentDictionary`2", "BlockingCollection`1");
        Add("System.Collections.Immutable.",
            "ImmutableArray`1", "ImmutableList`1", "ImmutableQueue`1", "ImmutableStack`1", "ImmutableHashSet`1", "ImmutableSortedSet`1", "ImmutableDictionary`2",
            "ImmutableSortedDictionary`2", "IImmutableList`1", "IImmutableQueue`1", "IImmutableStack`1", "IImmutableSet`1", "IImmutableDictionary`2");
        Add("System.Collections.Frozen.", "FrozenSet`1", "FrozenDictionary`2");
        Add("System.Linq.", "ILookup`2", "IGrouping`2");
        return names;

        void Add(string space, params string[] types)
        {
            foreach (string type in types)
            {
                names.Add(space + type);
            }
        }
    }
}
