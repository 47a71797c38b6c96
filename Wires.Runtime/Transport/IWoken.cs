namespace Wires.Transport;

/// <summary>What the frames of one read have woken: to be run once, by <see cref="RunHere"/> or by the pool.</summary>
internal interface IWoken : IThreadPoolWorkItem
{
    /// <summary>Runs it on the thread that reads from a connection: it is hot, and nobody has to be woken. Should it take its time, another thread reads on meanwhile.</summary>
    /// <returns>Whether the thread still reads; if not, another one does, by <see cref="Connection.ReadOn"/>.</returns>
    bool RunHere();
}
