using System.Collections.Concurrent;
using RayTracer.Tracing;
using Wires;

namespace RayTracer.Rendering;

/// <summary>The scenes of one node: fetched from their <see cref="Mesh"/> and built once, read by all tiles there. A service of the node, as wires share no statics.</summary>
public sealed class SceneCache(IWires wires)
{
    private readonly ConcurrentDictionary<Guid, Scene> _scenes = new();
    private readonly ConcurrentDictionary<Guid, Lazy<Task<bool>>> _fetches = new();

    /// <summary>A scene that is here already.</summary>
    public Scene? Find(Guid id) => _scenes.GetValueOrDefault(id);

    /// <summary>Fetches a scene, unless it is here or on its way.</summary>
    /// <returns>Whether it is here now. False: its wire holds nothing, or could not be reached; another call tries again.</returns>
    public Task<bool> LoadAsync(Guid id) => _fetches.GetOrAdd(id, id => new Lazy<Task<bool>>(() => Task.Run(() => FetchAsync(id)))).Value;

    // On the pool, not in the turn of the tile that asked first: building the hierarchy of a large mesh takes its time.
    private async Task<bool> FetchAsync(Guid id)
    {
        try
        {
            if (await wires.Get<MeshRef>(id).Read().ConfigureAwait(false) is not { } description)
            {
                return false;
            }

            _scenes[id] = new Scene(description);
            return true;
        }
        catch (Exception e) when (e is WireException or WireTimeoutException)
        {
            return false; // Its node was lost, or nobody is home yet.
        }
        finally
        {
            _fetches.TryRemove(id, out _);
        }
    }
}
