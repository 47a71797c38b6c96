namespace Wires.Generators.Serialization;

/// <summary>
/// Asks a question of all that a type leads to, itself included. Types that lead to each other get one answer (they are a strongly connected
/// component, Tarjan's algorithm), so that every type is looked at once however many others lead to it.
/// </summary>
/// <param name="holds">The type's own part of the question.</param>
/// <param name="leadsOn">Whether what the type leads to matters.</param>
internal sealed class TypeGraph(Func<TypeNode, bool> holds, Func<TypeNode, bool> leadsOn)
{
    private readonly Dictionary<TypeNode, bool> _answers = [];
    private readonly Dictionary<TypeNode, int> _order = [];
    private readonly Stack<TypeNode> _open = new();

    public bool HoldsForAll(TypeNode node)
    {
        if (!_answers.ContainsKey(node))
        {
            Visit(node);
        }

        return _answers[node];
    }

    /// <summary>Returns the earliest type, still open, that this one leads back to.</summary>
    private int Visit(TypeNode node)
    {
        var order = _order.Count;
        var lowest = order;
        _order.Add(node, order);
        _open.Push(node);
        if (leadsOn(node))
        {
            foreach (var (_, next) in node.Edges)
            {
                if (!_answers.ContainsKey(next))
                {
                    lowest = Math.Min(lowest, _order.TryGetValue(next, out var known) ? known : Visit(next));
                }
            }
        }

        if (lowest == order)
        {
            Close(node);
        }

        return lowest;
    }

    private void Close(TypeNode first)
    {
        var component = new List<TypeNode>();
        do
        {
            component.Add(_open.Pop());
        }
        while (component[component.Count - 1] != first);

        // What is outside of the component was answered before; what is inside counts by its own part.
        var answer = component.TrueForAll(node => holds(node)
            && (!leadsOn(node) || node.Edges.TrueForAll(edge => !_answers.TryGetValue(edge.Node, out var known) || known)));
        foreach (var node in component)
        {
            _answers.Add(node, answer);
        }
    }
}
