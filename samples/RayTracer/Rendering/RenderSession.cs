using RayTracer.Tracing;
using Wires;

namespace RayTracer.Rendering;

/// <summary>Drives a picture from its first tile to its last, through whatever nodes are lost meanwhile: what is asked of wires here can be asked again.</summary>
public sealed class RenderSession(IWires wires, SceneDescription scene, RenderJob job, TimeProvider clock)
{
    private static readonly TimeSpan s_watchPeriod = TimeSpan.FromMilliseconds(100);

    private readonly MeshRef _mesh = wires.Get<MeshRef>(job.Id);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PictureRef _picture = wires.Get<PictureRef>(job.Id);

    /// <summary>What is rendered.</summary>
    public RenderJob Job => job;

    /// <summary>Completes when all tiles have been told to start.</summary>
    public Task Started => _started.Task;

    /// <summary>After how long without news a tile is asked again. One that is at work does not mind.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Renders the picture.</summary>
    /// <param name="order">The tiles in the order in which they are to be started; it does not change the picture.</param>
    /// <param name="progress">Is told how far it is, some times a second.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Three bytes for each pixel, row by row.</returns>
    public async Task<byte[]> RenderAsync(IEnumerable<int> order, Func<PictureStatus, Task> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(progress);
        while (true)
        {
            try
            {
                await PrepareAsync(cancellation);
                if (!_started.Task.IsCompleted)
                {
                    await StartAsync(order, cancellation);
                    _started.SetResult();
                }

                await StartAsync(await _picture.TakeStale(Patience).AsTask().WaitAsync(cancellation), cancellation);
                PictureStatus status = await _picture.Status();
                await progress(status);
                if (status.IsComplete)
                {
                    return await _picture.Pixels();
                }
            }
            catch (Exception e) when (e is WireException or WireTimeoutException)
            {
                // A node was lost. Until another is home of what was there, there is nothing to do but to ask again.
            }

            await Task.Delay(s_watchPeriod, clock, cancellation);
        }
    }

    /// <summary>What the picture looks like so far, see <see cref="Picture.Preview"/>.</summary>
    public async Task<byte[]> PreviewAsync() => await _picture.Preview();

    // The mesh and the picture may have been on a lost node as well.
    private async Task PrepareAsync(CancellationToken cancellation)
    {
        if (!await _mesh.IsLoaded().AsTask().WaitAsync(cancellation))
        {
            await _mesh.Load(scene);
        }

        await _picture.Begin(job);
    }

    private async Task StartAsync(IEnumerable<int> tiles, CancellationToken cancellation) =>
        await Task.WhenAll(tiles.Select(tile => wires.Get<TileRef>(job.KeyOf(tile)).Start(job, tile).AsTask())).WaitAsync(cancellation);
}
