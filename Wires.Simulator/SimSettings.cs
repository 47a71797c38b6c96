namespace Wires.Simulator;

/// <summary>How the simulated network and its nodes behave.</summary>
internal sealed record SimSettings
{
    /// <summary>One way, least and most.</summary>
    public (double Least, double Most) DelaySeconds { get; init; } = (0.0002, 0.003);

    /// <summary>Load news that get lost.</summary>
    public double NewsLoss { get; init; } = 0.02;

    /// <summary>Questions (grants, exchanges) whose answer never comes.</summary>
    public double QuestionLoss { get; init; } = 0.005;

    /// <summary>Moves that fail; the wire goes on where it was.</summary>
    public double MoveFailures { get; init; } = 0.002;

    /// <summary>After this a question counts as unanswered.</summary>
    public TimeSpan QuestionTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a moving wire stands still at least.</summary>
    public double MoveSeconds { get; init; } = 0.0008;

    /// <summary>How long a node's link is busy with each move.</summary>
    public double LinkSecondsPerMove { get; init; } = 0.000025;

    /// <summary>And with each byte: 500 MB/s.</summary>
    public double LinkSecondsPerByte { get; init; } = 2e-9;

    /// <summary>A wire's mailbox takes so much work.</summary>
    public double MostBacklogSeconds { get; init; } = 5;
}
