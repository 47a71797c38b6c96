using Wires.Infrastructure;

namespace Wires.Remoting;

// How many routes a node keeps.
internal sealed partial class ClusterNode
{
    /// <summary>So many are asked at once whether they are needed.</summary>
    private const int RetiredAtOnce = 256;

    private static readonly TimeSpan s_routeLook = TimeSpan.FromMilliseconds(20);

    private int _routeCount;
    private int _isRetiring;

    /// <summary>The ways to wires that do not live here.</summary>
    public int RouteCount => Volatile.Read(ref _routeCount);

    /// <summary>A route has been given up.</summary>
    public void Forget(RemoteRoute route)
    {
        if (_routes.TryRemove(new KeyValuePair<WireHandle, RemoteRoute>(route.Handle, route)))
        {
            Interlocked.Decrement(ref _routeCount);
        }
    }

    private void RouteAdded()
    {
        Interlocked.Increment(ref _routeCount);
        RetireSome();
    }

    private void RetireSome()
    {
        if (RouteCount > Node.Options.Cluster.MaxIdleRoutes && !IsOver && Interlocked.Exchange(ref _isRetiring, 1) == 0)
        {
            _ = RetireAsync();
        }
    }

    /// <summary>Gives up routes that nobody has used since the last look, until there are few enough.</summary>
    private async Task RetireAsync()
    {
        await Task.Yield();
        int most = Node.Options.Cluster.MaxIdleRoutes;
        while (RouteCount > most && !IsOver)
        {
            int before = RouteCount;
            foreach (RemoteRoute[] routes in _routes.Select(static route => route.Value).Chunk(RetiredAtOnce))
            {
                await Task.WhenAll(routes.Select(static route => route.TryRetireAsync())).ConfigureAwait(false);
                if (RouteCount <= most)
                {
                    break;
                }
            }

            if (RouteCount >= before)
            {
                // All are in use, or were until now.
                await Task.Delay(s_routeLook, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            }
        }

        Interlocked.Exchange(ref _isRetiring, 0);

        // One that was added in this moment found somebody at it.
        RetireSome();
    }
}
