using System.Numerics;
using RayTracer.Geometry;
using Wires;

namespace RayTracer.Tracing;

/// <summary>All that a picture is rendered from, as it is sent between nodes.</summary>
[Immutable]
public sealed class SceneDescription(TriangleMesh mesh, Material[] materials, Camera camera, SphereLight light, Sky sky, Ground? ground)
{
    /// <summary>The triangles.</summary>
    public TriangleMesh Mesh { get; } = mesh;

    /// <summary>What the mesh's triangles point into.</summary>
    public Material[] Materials { get; } = materials;

    /// <summary>Where it is seen from.</summary>
    public Camera Camera { get; } = camera;

    /// <summary>The light.</summary>
    public SphereLight Light { get; } = light;

    /// <summary>What is behind everything.</summary>
    public Sky Sky { get; } = sky;

    /// <summary>What everything stands on, if anything.</summary>
    public Ground? Ground { get; } = ground;

    /// <summary>How many bytes the mesh takes in a message, about.</summary>
    public static long MessageBytes(TriangleMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        return (12L * (mesh.Positions.Length + mesh.Normals.Length)) + (4L * (mesh.Corners.Length + mesh.CornerNormals.Length + mesh.TriangleMaterials.Length));
    }
}

/// <summary>A ball of light: the larger, the softer the shadows.</summary>
/// <param name="Center">Where it is.</param>
/// <param name="Radius">How large it is.</param>
/// <param name="Irradiance">What reaches the middle of the scene from it.</param>
public readonly record struct SphereLight(Vector3 Center, float Radius, Vector3 Irradiance);

/// <summary>Light from all around.</summary>
/// <param name="Horizon">At eye level and below.</param>
/// <param name="Zenith">From straight above.</param>
public readonly record struct Sky(Vector3 Horizon, Vector3 Zenith)
{
    /// <summary>What comes from a direction.</summary>
    public Vector3 Radiance(Vector3 direction) => Vector3.Lerp(Horizon, Zenith, MathF.Sqrt(MathF.Max(0, direction.Y)));
}

/// <summary>A plane that goes on for ever.</summary>
/// <param name="Height">Its y.</param>
/// <param name="Material">What it is of.</param>
/// <param name="Square">How long the edge of a square of a checked material is.</param>
public readonly record struct Ground(float Height, Material Material, float Square);
