using System.Collections.Concurrent;
using Wires.Infrastructure;

namespace Wires.Directories;

/// <summary>The wires that live on a node, by identity.</summary>
internal sealed class WireDirectory(WireNode node)
{
    private readonly Lock _lock = new();
    private ConcurrentDictionary<WireHandle, Activation>?[] _tables = [];

    /// <summary>Finds the wire, or creates it and schedules its first turn.</summary>
    /// <returns>Null where it lives, or has to come to life, on another node.</returns>
    /// <exception cref="WireNodeStoppedException">The node does not create wires any more.</exception>
    public Activation? GetOrActivate(WireHandle handle)
    {
        while (true)
        {
            Activation? activation = GetOrCreate(handle, out bool isOwner);
            if (activation is null)
            {
                if (node.Cluster is { } cluster && cluster.Locate(handle, out _) != Whereabouts.Here)
                {
                    return null;
                }

                continue;
            }

            if (isOwner)
            {
                node.Scheduler.Schedule(activation);
            }

            return activation;
        }
    }

    /// <summary>Finds the wire, or creates it.</summary>
    /// <param name="handle">The wire; remembers what is found.</param>
    /// <param name="isOwner">Whether it is new, and its first turn is the caller's to run or schedule; one that comes to life on another node is neither.</param>
    /// <returns>Null if it was just leaving, or does not belong here: look again.</returns>
    public Activation? GetOrCreate(WireHandle handle, out bool isOwner)
    {
        isOwner = false;
        ConcurrentDictionary<WireHandle, Activation> table = TableOf(handle.Type);
        if (table.TryGetValue(handle, out Activation? activation))
        {
            if (activation.IsClosed)
            {
                Remove(activation);
                return null;
            }

            handle.Activation = activation;
            return activation;
        }

        activation = node.Cluster is { } cluster ? TryAdd(table, handle, cluster) : TryAdd(table, handle, NodeLife.Endless);
        if (activation is null)
        {
            return null;
        }

        handle.Activation = activation;
        isOwner = node.Cluster?.Balancing is not { PlacesElsewhere: true } balancing || !balancing.TryPlace(activation);
        return activation;
    }

    private Activation? TryAdd(ConcurrentDictionary<WireHandle, Activation> table, WireHandle handle, ClusterNode cluster)
    {
        int slot = handle.Slot;

        // Under the slot's gate: once a slot is marked as another node's and its gate was passed, no wire of it comes to life here unseen.
        lock (cluster.GateOf(slot))
        {
            return cluster.Locate(handle, out _) == Whereabouts.Here ? TryAdd(table, handle, cluster.LifeIn(slot, handle)) : null;
        }
    }

    private Activation? TryAdd(ConcurrentDictionary<WireHandle, Activation> table, WireHandle handle, NodeLife life)
    {
        // Wires of this node's go on at others while it stops: it is still their home.
        if (!handle.Type.IsDeputy || node.IsStopped)
        {
            node.ThrowIfStopped();
        }

        var activation = new Activation(handle, life);
        return table.TryAdd(handle, activation) ? activation : null;
    }

    /// <summary>Enters a wire that comes from another node.</summary>
    /// <returns>False if it is alive here.</returns>
    public bool TryAdd(Activation activation)
    {
        ConcurrentDictionary<WireHandle, Activation> table = TableOf(activation.Type);
        while (!table.TryAdd(activation.Handle, activation))
        {
            if (table.TryGetValue(activation.Handle, out Activation? known))
            {
                if (!known.IsClosed)
                {
                    return false;
                }

                Remove(known);
            }
        }

        return true;
    }

    /// <summary>The wire, if it is alive here.</summary>
    public Activation? Find(WireHandle handle) => TableOf(handle.Type).GetValueOrDefault(handle);

    /// <summary>Forgets a wire that has left.</summary>
    public void Remove(Activation activation) =>
        TableOf(activation.Type).TryRemove(new KeyValuePair<WireHandle, Activation>(activation.Handle, activation));

    /// <summary>Forgets all wires at once; whoever holds one finds it closed, or is told why.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (ConcurrentDictionary<WireHandle, Activation>? table in _tables)
            {
                table?.Clear();
            }
        }
    }

    /// <summary>The live wires of a type.</summary>
    public IEnumerable<Activation> Of(WireType type) => TableOf(type).Select(static entry => entry.Value);

    /// <summary>All live wires.</summary>
    public IEnumerable<Activation> All() => Volatile.Read(ref _tables).Where(static table => table is not null).SelectMany(static table => table!.Select(static entry => entry.Value));

    private ConcurrentDictionary<WireHandle, Activation> TableOf(WireType type)
    {
        ConcurrentDictionary<WireHandle, Activation>?[] tables = Volatile.Read(ref _tables);
        return type.Index < tables.Length && tables[type.Index] is { } table ? table : AddTable(type);
    }

    private ConcurrentDictionary<WireHandle, Activation> AddTable(WireType type)
    {
        lock (_lock)
        {
            ConcurrentDictionary<WireHandle, Activation>?[] tables = _tables;
            if (type.Index >= tables.Length)
            {
                Array.Resize(ref tables, type.Index + 8);
            }
            else if (tables[type.Index] is { } existing)
            {
                return existing;
            }
            else
            {
                tables = [.. tables];
            }

            ConcurrentDictionary<WireHandle, Activation> table = new();
            tables[type.Index] = table;
            Volatile.Write(ref _tables, tables);
            node.TypeSeen(type);
            return table;
        }
    }
}
