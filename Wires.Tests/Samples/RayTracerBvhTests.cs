using System.Numerics;
using RayTracer.Geometry;
using RayTracer.Tracing;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>The hierarchy finds what looking at every triangle finds.</summary>
public sealed class RayTracerBvhTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261125)]
    public void RandomRaysMeetTheTriangleThatTestingAllOfThemFinds(int seed)
    {
        var random = new Random(seed);
        TriangleMesh mesh = Soup(random, 800);
        var bvh = Bvh.Build(mesh);
        int hits = 0;
        for (int i = 0; i < 5_000; i++)
        {
            Vector3 origin = Point(random, 3);
            Ray ray = Aimed(origin, Point(random, 1) - origin);
            float limit = i % 3 == 0 ? random.NextSingle() * 4 : float.PositiveInfinity;
            (float distance, int triangle) = BruteForce(mesh, ray, limit);
            Hit hit = bvh.Intersect(ray, limit);
            Assert.True(hit.IsNone == (triangle < 0) && (hit.IsNone || Math.Abs(hit.Distance - distance) <= 1e-4f * distance), $"seed {seed}, ray {i}: {hit}, but {triangle} at {distance}");
            Assert.True(bvh.IsOccluded(ray, limit) == (triangle >= 0), $"seed {seed}, ray {i}: occlusion");
            hits += hit.IsNone ? 0 : 1;
        }

        Assert.InRange(hits, 1_000, 4_900);
    }

    [Fact]
    public void RaysAlongTheAxesMeetTheSidesOfACube()
    {
        var bvh = Bvh.Build(Cube());
        for (int axis = 0; axis < 3; axis++)
        {
            foreach (float side in (ReadOnlySpan<float>)[-1, 1])
            {
                Vector3 origin = new(0.25f, 0.125f, -0.25f);
                origin[axis] = 5 * side;
                Vector3 direction = Vector3.Zero;
                direction[axis] = -side;
                Hit hit = bvh.Intersect(new Ray(origin, direction), float.PositiveInfinity);
                Assert.Equal(4, hit.Distance, 1e-5f);
                Assert.True(bvh.Intersect(new Ray(origin, -direction), float.PositiveInfinity).IsNone);
            }
        }
    }

    [Fact]
    public void TrianglesInOnePlaceAndWithoutAnAreaDoNoHarm()
    {
        Vector3[] positions = [Vector3.Zero, Vector3.UnitX, Vector3.UnitY, new(0.5f, 0.5f, 0)];
        int[] corners = [.. Enumerable.Repeat((int[])[0, 1, 2], 100).SelectMany(static c => c), .. (int[])[0, 0, 0, 1, 2, 3]];
        var mesh = new TriangleMesh(positions, [Vector3.UnitZ], corners, new int[corners.Length], new int[corners.Length / 3]);
        Hit hit = Bvh.Build(mesh).Intersect(new Ray(new Vector3(0.25f, 0.25f, 1), -Vector3.UnitZ), float.PositiveInfinity);
        Assert.Equal(1, hit.Distance);
        Assert.True(Bvh.Build(new TriangleMesh([], [], [], [], [])).Intersect(new Ray(Vector3.Zero, Vector3.UnitX), float.PositiveInfinity).IsNone);
    }

    [Fact]
    public void TracingARayAllocatesNothing()
    {
        var scene = new Scene(SceneSetup.Around(Soup(new Random(7), 200), [Material.Default], Vector3.One));
        Integrator.Sample(scene, 3, 4, 16, 16, 0, 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 256; i++)
        {
            Integrator.Sample(scene, i % 16, i / 16, 16, 16, 1, 4);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Ray Aimed(Vector3 origin, Vector3 direction) => new(origin, Vector3.Normalize(direction));

    private static Vector3 Point(Random random, float size) =>
        new((random.NextSingle() - 0.5f) * 2 * size, (random.NextSingle() - 0.5f) * 2 * size, (random.NextSingle() - 0.5f) * 2 * size);

    /// <summary>Triangles of many sizes, some of them on the axes' planes.</summary>
    private static TriangleMesh Soup(Random random, int count)
    {
        var positions = new Vector3[count * 3];
        for (int i = 0; i < count; i++)
        {
            Vector3 center = Point(random, 1);
            float size = 0.02f + (0.3f * random.NextSingle() * random.NextSingle());
            for (int corner = 0; corner < 3; corner++)
            {
                Vector3 point = center + Point(random, size);
                point[i % 3] = i % 4 == 0 ? center[i % 3] : point[i % 3];
                positions[(3 * i) + corner] = point;
            }
        }

        int[] corners = [.. Enumerable.Range(0, positions.Length)];
        return new TriangleMesh(positions, [Vector3.UnitY], corners, new int[corners.Length], new int[count]);
    }

    private static TriangleMesh Cube()
    {
        Vector3[] positions = [.. Enumerable.Range(0, 8).Select(static i => new Vector3(i & 1, (i >> 1) & 1, (i >> 2) & 1) * 2 - Vector3.One)];
        int[] corners = [0, 1, 3, 0, 3, 2, 4, 7, 5, 4, 6, 7, 0, 5, 1, 0, 4, 5, 2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 7, 3, 1, 5, 7];
        return new TriangleMesh(positions, [Vector3.UnitY], corners, new int[corners.Length], new int[corners.Length / 3]);
    }

    /// <summary>By planes and barycentric coordinates in double precision: not the hierarchy's own test once more.</summary>
    private static (float Distance, int Triangle) BruteForce(TriangleMesh mesh, in Ray ray, float limit)
    {
        (double Distance, int Triangle) best = (limit, -1);
        for (int i = 0; i < mesh.TriangleCount; i++)
        {
            (double X, double Y, double Z)[] v = [.. mesh.Corners.Skip(3 * i).Take(3).Select(corner => Wide(mesh.Positions[corner]))];
            var normal = Cross(Minus(v[1], v[0]), Minus(v[2], v[0]));
            double slope = Dot(normal, Wide(ray.Direction));
            double distance = Dot(normal, Minus(v[0], Wide(ray.Origin))) / slope;
            if (!(distance > 0 && distance < best.Distance))
            {
                continue;
            }

            (double X, double Y, double Z) o = Wide(ray.Origin), d = Wide(ray.Direction);
            var point = (o.X + (d.X * distance), o.Y + (d.Y * distance), o.Z + (d.Z * distance));
            bool isInside = Enumerable.Range(0, 3).All(edge => Dot(normal, Cross(Minus(v[(edge + 1) % 3], v[edge]), Minus(point, v[edge]))) >= 0);
            best = isInside ? (distance, i) : best;
        }

        return ((float)best.Distance, best.Triangle);

        static (double X, double Y, double Z) Wide(Vector3 a) => (a.X, a.Y, a.Z);
        static (double X, double Y, double Z) Minus((double X, double Y, double Z) a, (double X, double Y, double Z) b) => (a.X - b.X, a.Y - b.Y, a.Z - b.Z);
        static double Dot((double X, double Y, double Z) a, (double X, double Y, double Z) b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);
        static (double X, double Y, double Z) Cross((double X, double Y, double Z) a, (double X, double Y, double Z) b) =>
            ((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));
    }
}
