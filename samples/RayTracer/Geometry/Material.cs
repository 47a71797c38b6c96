using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>How a surface answers light, in the terms of the MTL format. Colours are linear.</summary>
/// <param name="Diffuse">Kd.</param>
/// <param name="Specular">Ks: the highlight.</param>
/// <param name="Shininess">Ns: the exponent of the highlight.</param>
/// <param name="Emission">Ke: light that the surface gives off, which lights nothing else.</param>
/// <param name="Mirror">How much of what it mirrors is seen in it.</param>
/// <param name="IsChecked">Darkens every other square of a grid on the x and z axes.</param>
public readonly record struct Material(Vector3 Diffuse, Vector3 Specular, float Shininess, Vector3 Emission, Vector3 Mirror, bool IsChecked = false)
{
    /// <summary>Of faces that name no material.</summary>
    public static Material Default => new(new Vector3(0.72f, 0.68f, 0.62f), new Vector3(0.25f), 40, Vector3.Zero, Vector3.Zero);
}
