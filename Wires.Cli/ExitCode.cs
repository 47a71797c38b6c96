namespace Wires.Cli;

/// <summary>What scripts look at.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The cluster, or a part of it, did not do it; the reason is on stderr.</summary>
    public const int Refused = 1;

    /// <summary>The command line makes no sense; what is wrong with it is on stderr.</summary>
    public const int Usage = 2;
}
