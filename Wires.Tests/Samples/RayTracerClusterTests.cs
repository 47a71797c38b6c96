using System.Numerics;
using RayTracer.Geometry;
using RayTracer.Nodes;
using RayTracer.Rendering;
using RayTracer.Tracing;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>A picture is the same whoever renders it, in whatever order, and whatever happens to the nodes meanwhile.</summary>
public sealed class RayTracerClusterTests
{
    private static readonly SceneDescription s_scene = CreateScene();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 20261125)]
    public async Task ThePictureIsTheSameFromAnyNumberOfNodesInAnyOrder(int nodes, int seed)
    {
        RenderJob job = NewJob();
        await using LocalCluster cluster = await Clusters.StartAsync(nodes, node: static node => node.Services.AddRayTracer(8));

        // Tiles that come to life before all nodes have their slots stay where they are.
        await Clusters.SettledAsync(cluster);
        var session = new RenderSession(cluster.Nodes[0].Wires, s_scene, job, TimeProvider.System);
        int[] order = [.. Enumerable.Range(0, job.TileCount)];
        new Random(seed).Shuffle(order);
        PictureStatus? last = null;
        byte[] pixels = await session.RenderAsync(order, status => Task.FromResult(last = status), Cancellation).Within();
        Assert.True(Expected(job).AsSpan().SequenceEqual(pixels), $"the picture differs (seed {seed})");
        Assert.Equal(job.TileCount, last!.Nodes.Sum(static node => node.Finished));
        Assert.Equal(nodes, last.Nodes.Count);
    }

    // One of the two is home of the picture, the mesh, or neither: all must survive it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ThePictureIsWholeAfterANodeHasCrashedInTheMiddle(int victim)
    {
        RenderJob job = NewJob() with { Samples = 48 };

        // Slow, so that there is a middle.
        await using LocalCluster cluster = await Clusters.StartAsync(3, static options => options.RenderOn(0.02), static node => node.Services.AddRayTracer(0.02), shortLeases: true);
        var session = new RenderSession(cluster.Nodes[0].Wires, s_scene, job, TimeProvider.System) { Patience = TimeSpan.FromMilliseconds(500) };
        LocalNode node = cluster.Nodes[victim];
        double crashedAt = 0;
        byte[] pixels = await session.RenderAsync(
            Enumerable.Range(0, job.TileCount),
            async status =>
            {
                // Once it has tiles half done, which are lost with it then.
                if (status.Progress > 0.2 && crashedAt == 0 && status.Nodes.Any(share => share.Node == node.Name && share.Tiles > 0))
                {
                    crashedAt = status.Progress;
                    await cluster.CrashAsync(node);
                }
            },
            Cancellation).Within();
        Assert.NotEqual(0, crashedAt);
        Assert.True(Expected(job).AsSpan().SequenceEqual(pixels), "the picture differs");
    }

    [Fact]
    public async Task ThePictureIsTheSameWhenANodeIsDrainedMeanwhile()
    {
        RenderJob job = NewJob() with { Samples = 64 };
        await using LocalCluster cluster = await Clusters.StartAsync(1, static options => options.RenderOn(0.5), static node => node.Services.AddRayTracer(0.5));
        LocalNode first = cluster.Nodes[0];
        Task? drain = null;
        LocalNode second = await cluster.AddAsync(Cancellation);
        var session = new RenderSession(second.Wires, s_scene, job, TimeProvider.System);
        byte[] pixels = await session.RenderAsync(
            Enumerable.Range(0, job.TileCount),
            status =>
            {
                if (status.Progress > 0.1)
                {
                    drain ??= cluster.DrainAsync(first, Cancellation);
                }

                return Task.CompletedTask;
            },
            Cancellation).Within();
        await drain!.Within();
        Assert.True(Expected(job).AsSpan().SequenceEqual(pixels), "the picture differs");
    }

    private static SceneDescription CreateScene()
    {
        var mesh = new MeshBuilder();
        mesh.AddBall(Vector3.Zero, 3, 0, static _ => 1);
        mesh.AddBall(new Vector3(1.4f, -0.5f, 0.6f), 2, 1, static _ => 0.5f);
        Material mirror = Material.Default with { Mirror = new Vector3(0.8f) };
        return SceneSetup.Around(mesh.Build(), [Material.Default, mirror], new Vector3(0.3f, 0.4f, 1));
    }

    // The size is no multiple of the tiles'.
    private static RenderJob NewJob() => new(Guid.NewGuid(), 90, 70, 4, 16);

    /// <summary>Without wires.</summary>
    private static byte[] Expected(RenderJob job)
    {
        var scene = new Scene(s_scene);
        byte[] pixels = new byte[job.Width * job.Height * 3];
        for (int i = 0; i < job.Width * job.Height; i++)
        {
            Vector3 sum = Vector3.Zero;
            for (int sample = 0; sample < job.Samples; sample++)
            {
                sum += Integrator.Sample(scene, i % job.Width, i / job.Width, job.Width, job.Height, sample, job.Samples);
            }

            ToneMap.Write(sum / job.Samples, pixels.AsSpan(3 * i));
        }

        return pixels;
    }
}
