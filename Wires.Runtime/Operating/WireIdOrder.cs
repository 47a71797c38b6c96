namespace Wires.Operating;

/// <summary>An order of all wires, by which a list of them can be told in pages.</summary>
internal sealed class WireIdOrder : IComparer<WireId>
{
    public static readonly WireIdOrder Instance = new();

    public int Compare(WireId x, WireId y)
    {
        int order = string.CompareOrdinal(x.Type, y.Type);
        if (order != 0)
        {
            return order;
        }

        order = KindOf(x.Key).CompareTo(KindOf(y.Key));
        if (order != 0)
        {
            return order;
        }

        return x.Key.TryGetInt64(out long left) && y.Key.TryGetInt64(out long right)
            ? left.CompareTo(right)
            : string.CompareOrdinal(x.Key.ToString(), y.Key.ToString());
    }

    private static int KindOf(WireKey key) => key.TryGetString(out _) ? 0 : key.TryGetInt64(out _) ? 1 : 2;
}
