using RayTracer.Tracing;
using Wires;

namespace RayTracer.Rendering;

/// <summary>Holds what a picture is rendered from. A node asks for it once, see <see cref="SceneCache"/>.</summary>
[Wire(IdleAfter = "00:05:00")]
public sealed partial class Mesh
{
    private SceneDescription? _scene;

    /// <summary>Whether it holds anything: not if it was lost with its node.</summary>
    public bool IsLoaded() => _scene is not null;

    /// <summary>Gives it what it holds.</summary>
    public void Load(SceneDescription scene) => _scene = scene;

    /// <summary>What it holds.</summary>
    public SceneDescription? Read() => _scene;
}
