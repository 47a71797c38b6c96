using System.Diagnostics;
using System.Numerics;
using RayTracer.Geometry;
using RayTracer.Imaging;
using RayTracer.Tracing;

var clock = Stopwatch.StartNew();
var scene = new Scene(args.Length > 0 ? SceneSetup.Of(ObjReader.ReadFile(args[0])) : BuiltInScene.Create());
Console.WriteLine($"build {clock.Elapsed.TotalMilliseconds} ms");
const int W = 640, H = 480, N = 4;
byte[] rgb = new byte[W * H * 3];
for (int round = 0; round < 2; round++)
{
    clock.Restart();
    for (int y = 0; y < H; y++)
    {
        for (int x = 0; x < W; x++)
        {
            Vector3 sum = Vector3.Zero;
            for (int s = 0; s < N; s++)
            {
                sum += Integrator.Sample(scene, x, y, W, H, s, N);
            }
            ToneMap.Write(sum / N, rgb.AsSpan(((y * W) + x) * 3));
        }
    }
    Console.WriteLine($"{clock.Elapsed.TotalMilliseconds} ms, {clock.Elapsed.TotalMicroseconds / (W * H * N)} us per sample");
}
using var f = File.Create("/tmp/rt.png");
PngWriter.Write(f, W, H, rgb);
