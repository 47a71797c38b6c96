using System.Numerics;
using RayTracer.Tracing;

namespace RayTracer.Geometry;

/// <summary>The scene that is rendered where the user gives no file.</summary>
public static class BuiltInScene
{
    private static readonly Material s_red = new(new Vector3(0.6f, 0.045f, 0.03f), new Vector3(0.8f), 150, Vector3.Zero, Vector3.Zero);
    private static readonly Material s_chrome = new(new Vector3(0.02f), new Vector3(1), 400, Vector3.Zero, new Vector3(0.86f, 0.87f, 0.9f));
    private static readonly Material s_gold = new(new Vector3(0.25f, 0.14f, 0.03f), new Vector3(0.9f, 0.7f, 0.3f), 90, Vector3.Zero, new Vector3(0.75f, 0.52f, 0.2f));
    private static readonly Material s_stone = new(new Vector3(0.2f, 0.42f, 0.55f), new Vector3(0.15f), 20, Vector3.Zero, Vector3.Zero);
    private static readonly Material s_lamp = new(new Vector3(0.1f), Vector3.Zero, 10, new Vector3(2.6f, 1.7f, 0.7f), Vector3.Zero);

    /// <summary>A knot, a mirror, a boulder and a ring of beads: some 80,000 triangles.</summary>
    public static SceneDescription Create()
    {
        var mesh = new MeshBuilder();
        mesh.AddClosed(420, 40, 0, Knot);
        mesh.AddBall(new Vector3(-2.35f, 0.95f, -1.1f), 5, 1, static _ => 0.95f);
        mesh.AddBall(new Vector3(2.45f, 0.85f, -0.9f), 5, 3, Boulder);
        const int Beads = 15;
        for (int i = 0; i < Beads; i++)
        {
            float turn = MathF.Tau * i / Beads;
            mesh.AddBall(new Vector3(3.1f * MathF.Cos(turn), 0.22f, 0.4f + (2.3f * MathF.Sin(turn))), 3, i % 3 == 0 ? 4 : 2, static _ => 0.22f);
        }

        return SceneSetup.Around(mesh.Build(), [s_red, s_chrome, s_gold, s_stone, s_lamp], new Vector3(0.18f, 0.3f, 1), zoom: 1.62f);
    }

    // A (2, 3) torus knot, standing.
    private static Vector3 Knot(float along, float around)
    {
        Vector3 center = Curve(along);
        Vector3 forward = Vector3.Normalize(Curve(along + 0.001f) - Curve(along - 0.001f));
        Vector3 side = Vector3.Normalize(Vector3.Cross(forward, center - new Vector3(0, 1.75f, 0)));
        Vector3 up = Vector3.Cross(side, forward);
        float radius = 0.3f + (0.03f * MathF.Sin(MathF.Tau * 36 * along));
        (float sin, float cos) = MathF.SinCos(MathF.Tau * around);
        return center + (((side * cos) + (up * sin)) * radius);

        static Vector3 Curve(float t)
        {
            float r = 1 + (0.42f * MathF.Cos(3 * MathF.Tau * t));
            return new Vector3(r * MathF.Cos(2 * MathF.Tau * t), 1.75f + (r * MathF.Sin(2 * MathF.Tau * t)), 0.55f * MathF.Sin(3 * MathF.Tau * t));
        }
    }

    private static float Boulder(Vector3 d) =>
        0.82f + (0.05f * MathF.Sin((7 * d.X) + 1) * MathF.Sin(6 * d.Y) * MathF.Cos(8 * d.Z)) + (0.025f * MathF.Sin((19 * d.X) + (13 * d.Z)) * MathF.Sin(17 * d.Y));
}
