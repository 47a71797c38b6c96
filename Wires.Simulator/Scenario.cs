namespace Wires.Simulator;

/// <summary>A cluster to begin with, and what happens to it.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="What">In a few words.</param>
/// <param name="Build">Makes nodes and wires, and plans what happens.</param>
internal sealed record Scenario(string Name, string What, Func<ScenarioRun, double?> Build)
{
    /// <summary>How long it runs.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>From when on a most loaded node counts as balanced, against the mean.</summary>
    public double Limit { get; init; } = 1.10;

    /// <summary>The last thing that happens to it.</summary>
    public TimeSpan Disturbed { get; init; }

    /// <summary>Whether load never ceases to change.</summary>
    public bool IsUnsteady { get; init; }
}
