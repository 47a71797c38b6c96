namespace SocialGraph.View;

/// <summary>Shows what vertices do meanwhile.</summary>
internal interface IRunView
{
    /// <summary>Runs work, and shows what it gives.</summary>
    Task RunAsync(Func<Action<RunFrame>, Task> work);
}
