namespace Wires.Cluster;

/// <summary>How many of so many members it takes. Any number that promises and any number that replaces have a member in common.</summary>
internal static class Quorum
{
    /// <summary>A majority: so many promises, its own included, extend a lease.</summary>
    public static int ToPromise(int members) => members / 2 + 1;

    /// <summary>So many that no majority is left without them: acknowledgements of a claim, or of a change of members.</summary>
    public static int ToReplace(int members) => (members + 1) / 2;
}
