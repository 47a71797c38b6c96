using System.Diagnostics;
using RayTracer.Geometry;
using RayTracer.Imaging;
using RayTracer.Nodes;
using RayTracer.Rendering;
using RayTracer.Tracing;
using Wires;

var clock = Stopwatch.StartNew();
var scene = BuiltInScene.Create();
await using var cluster = await LocalCluster.StartAsync(4, options => options.Services.AddRayTracer(0.4));
var job = new RenderJob(Guid.NewGuid(), 640, 480, 8, 32);
var session = new RenderSession(cluster.Nodes[0].Wires, scene, job, TimeProvider.System);
Console.WriteLine($"ready {clock.Elapsed.TotalMilliseconds} ms");
byte[] rgb = await session.RenderAsync(Enumerable.Range(0, job.TileCount), s => { Console.WriteLine($"{clock.Elapsed.TotalSeconds:F1} {s.Progress:P0} {s.Delivered} {s.Restarts} {string.Join(" ", s.Nodes)}"); return Task.CompletedTask; }, default);
Console.WriteLine($"done {clock.Elapsed.TotalMilliseconds} ms");
using var f = File.Create("/tmp/rt.png");
PngWriter.Write(f, job.Width, job.Height, rgb);
