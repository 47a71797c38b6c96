namespace Wires.Mobility;

/// <summary>An awaiter that knows what a frame is.</summary>
internal interface IWireAwaiter
{
    /// <summary>The frame waits for what this awaiter stands for.</summary>
    void AwaitBy(WireFrame frame);
}
