using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>
/// One type of the graph that the classifier walks. What depends on other types (is it supported, is it immutable) is asked of the whole graph
/// once it stands, so that types may refer to each other. Lives no longer than its compilation.
/// </summary>
internal sealed class TypeNode(ITypeSymbol symbol, string name, TypeNode.Graphs graphs)
{
    private TypePlan? _plan;
    private FormatterModel? _model;

    public ITypeSymbol Symbol { get; } = symbol;

    public string Name { get; } = name;

    public ValueEncoding Encoding { get; set; } = ValueEncoding.Formatter;

    /// <summary>What is wrong with the type itself, as a sentence that begins with its name.</summary>
    public string? Problem { get; set; }

    /// <summary>Its own part of being immutable; the types of <see cref="Edges"/> have to be so too.</summary>
    public bool IsImmutable { get; set; }

    /// <summary>[Immutable]: its author vouches for what it holds.</summary>
    public bool IsDeclaredImmutable { get; set; }

    /// <summary>Mentions a type parameter: its formatters are known only where it is closed.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Private to a wire class or to a type around it: its formatter stands in the wire class, where it can be named.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>The types of its members or elements; the path names the member.</summary>
    public List<(string? Path, TypeNode Node)> Edges { get; } = [];

    public BuiltInFormatter? Registration { get; set; }

    public ParsedType? User { get; set; }

    public FormatterModel? Model => _model ??= User?.ToModel(this);

    public TypePlan Plan => _plan ??= CreatePlan();

    public bool IsShared => graphs.Shared.HoldsForAll(this);

    private TypePlan CreatePlan()
    {
        var isReference = !Symbol.IsValueType && Symbol.TypeKind != TypeKind.Error;
        var holdsReferences = Symbol is ITypeParameterSymbol { HasUnmanagedTypeConstraint: false } || !Symbol.IsUnmanagedType;
        return graphs.Supported.HoldsForAll(this)
            ? new(Name, Encoding, isReference, IsShared, holdsReferences)
            {
                Element = Encoding is ValueEncoding.UnmanagedArray or ValueEncoding.Nullable ? Edges[0].Node.Name : null,
            }
            : new(Name, ValueEncoding.Unsupported, isReference, false, holdsReferences, FindProblem());
    }

    /// <summary>The nearest problem, with the way to it.</summary>
    private string FindProblem()
    {
        var seen = new HashSet<TypeNode> { this };
        var queue = new Queue<Visit>();
        queue.Enqueue(new Visit(this, null, null));
        while (true)
        {
            var visit = queue.Dequeue();
            if (visit.Node.Problem is { } problem)
            {
                return visit.Route + problem;
            }

            foreach (var (path, node) in visit.Node.Edges)
            {
                if (seen.Add(node))
                {
                    queue.Enqueue(new Visit(node, path, visit));
                }
            }
        }
    }

    /// <summary>The two questions that are asked of whole graphs.</summary>
    internal sealed class Graphs
    {
        public TypeGraph Supported { get; } = new(node => node.Problem is null, _ => true);

        public TypeGraph Shared { get; } = new(node => node.IsDeclaredImmutable || node.IsImmutable, node => !node.IsDeclaredImmutable);
    }

    /// <summary>How the walk came to a node.</summary>
    private sealed record Visit(TypeNode Node, string? Path, Visit? From)
    {
        /// <summary>The members on the way, from the root: <c>Order.Lines → Line.Sink: </c>.</summary>
        public string Route
        {
            get
            {
                var members = new Stack<string>();
                for (var visit = this; visit is not null; visit = visit.From)
                {
                    if (visit.Path is not null)
                    {
                        members.Push(visit.Path);
                    }
                }

                return members.Count == 0 ? "" : string.Join(" → ", members) + ": ";
            }
        }
    }
}
