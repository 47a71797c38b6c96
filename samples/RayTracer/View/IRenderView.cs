namespace RayTracer.View;

/// <summary>Shows a picture while it is rendered.</summary>
internal interface IRenderView
{
    /// <summary>Whether previews are worth their way over the network.</summary>
    bool HasPreview { get; }

    /// <summary>Runs work, and shows what it gives.</summary>
    Task RunAsync(Func<Action<ViewFrame>, Task> work);
}
