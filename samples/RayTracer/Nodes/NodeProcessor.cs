using System.Collections.Concurrent;
using System.Threading.Channels;
using RayTracer.Rendering;
using Wires;

namespace RayTracer.Nodes;

/// <summary>
/// The processor that a node of this sample has in place of this machine's: it gives the node's tiles a slice each in turn, and takes 1/speed as long for it. So nodes of one process,
/// which share its threads, are as machines of different speed. A tile is idle until its slice has come, and can leave the node.
/// </summary>
public sealed class NodeProcessor : IAsyncDisposable
{
    private readonly IWires _wires;
    private readonly TimeProvider _clock;
    private readonly Channel<TileRef> _queue = Channel.CreateUnbounded<TileRef>();
    private readonly ConcurrentDictionary<TileRef, byte> _tiles = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lazy<Task> _work;

    /// <summary>Makes one.</summary>
    /// <param name="speed">In processors of this machine: 0.5 does half of what one does, 2 as much as two.</param>
    /// <param name="wires">The node.</param>
    /// <param name="clock">Its clock.</param>
    public NodeProcessor(double speed, IWires wires, TimeProvider clock)
    {
        (Speed, _wires, _clock) = (speed, wires, clock);
        int cores = (int)Math.Ceiling(speed);
        _work = new Lazy<Task>(() => Task.WhenAll(Enumerable.Range(0, cores).Select(_ => Task.Run(() => WorkAsync(new Pace(speed / cores, clock))))));
    }

    /// <summary>In processors of this machine.</summary>
    public double Speed { get; }

    /// <summary>Gives a tile of this node slices until it is done or has gone. Nothing happens if it gets them already.</summary>
    public void Add(TileRef tile)
    {
        _ = _work.Value;
        if (_tiles.TryAdd(tile, 0))
        {
            _queue.Writer.TryWrite(tile);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        if (_work.IsValueCreated)
        {
            await _work.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _end.Dispose();
    }

    private async Task WorkAsync(Pace pace)
    {
        await foreach (TileRef tile in _queue.Reader.ReadAllAsync(_end.Token).ConfigureAwait(false))
        {
            Slice slice = await RenderAsync(tile).ConfigureAwait(false);
            if (slice.HasMore)
            {
                _queue.Writer.TryWrite(tile);
            }
            else
            {
                _tiles.TryRemove(tile, out _);
            }

            if (pace.Charge(slice.Busy) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, _clock, _end.Token).ConfigureAwait(false);
            }
            else
            {
                // A slice that is rendered at once leaves this loop no other end: it would keep one of few threads from the node's own work, its lease above all.
                await Task.Yield();
            }
        }
    }

    private async Task<Slice> RenderAsync(TileRef tile)
    {
        try
        {
            return await tile.RenderSlice(_wires.Node).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WireException or WireTimeoutException)
        {
            return default; // This node stops, or the tile was on its way and its new node is gone. Whoever drives the picture starts it again.
        }
    }
}
