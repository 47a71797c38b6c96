namespace Wires.Serialization.Formatters;

/// <summary>Stacks list their top first, and are written bottom first, so that reading them pushes in order.</summary>
internal static class Reversed
{
    public static T[] Of<T>(T[] items)
    {
        Array.Reverse(items);
        return items;
    }
}
