using System.Collections;

namespace Wires.Serialization.Formatters;

/// <summary>A lookup as it is read: groups by key, in the order in which they were written.</summary>
internal sealed class Lookup<TKey, TElement> : ILookup<TKey, TElement>
    where TKey : notnull
{
    private readonly IGrouping<TKey, TElement>[] _groups;
    private readonly Dictionary<TKey, IGrouping<TKey, TElement>> _byKey;

    public Lookup(IGrouping<TKey, TElement>[] groups)
    {
        _groups = groups;
        _byKey = new Dictionary<TKey, IGrouping<TKey, TElement>>(groups.Length);
        foreach (var group in groups)
        {
            if (group is null)
            {
                throw new ArgumentException("A group is null.", nameof(groups));
            }

            _byKey.Add(group.Key, group);
        }
    }

    public int Count => _groups.Length;

    public IEnumerable<TElement> this[TKey key] => _byKey.TryGetValue(key, out var group) ? group : [];

    public bool Contains(TKey key) => _byKey.ContainsKey(key);

    public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator() => ((IEnumerable<IGrouping<TKey, TElement>>)_groups).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _groups.GetEnumerator();
}
