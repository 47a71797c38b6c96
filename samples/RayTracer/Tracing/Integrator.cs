using System.Numerics;
using RayTracer.Geometry;

namespace RayTracer.Tracing;

/// <summary>Follows light back from the eye: at each surface the light's own share with soft shadows and a Blinn-Phong highlight, then on by one mirrored or scattered ray.</summary>
public static class Integrator
{
    private const int MaxBounces = 4;
    private const int MaxScatterings = 2;

    // One sample cannot be brighter: a few that found the light by luck would stand out as white dots.
    private const float MaxSample = 8;

    /// <summary>The light that one sample of a pixel gathers.</summary>
    public static Vector3 Sample(Scene scene, int x, int y, int width, int height, int sample, int samples)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var random = new SampleSequence(x, y, sample, samples);
        Vector2 jitter = random.Next();
        Ray ray = scene.Camera.RayThrough(x + jitter.X, y + jitter.Y, width, height);
        Vector3 radiance = Trace(scene, ray, ref random);
        return Vector3.Min(radiance, new Vector3(MaxSample));
    }

    private static Vector3 Trace(Scene scene, Ray ray, ref SampleSequence random)
    {
        Vector3 radiance = Vector3.Zero;
        Vector3 throughput = Vector3.One;
        int scatterings = 0;
        for (int bounce = 0; bounce <= MaxBounces; bounce++)
        {
            if (!scene.Intersect(ray, out Surface surface))
            {
                return radiance + (throughput * scene.Sky.Radiance(ray.Direction));
            }

            // Far ground fades into the horizon, where its squares are smaller than pixels.
            Material material = surface.Material;
            float haze = Math.Clamp((surface.Distance / (scene.Size * 12)) - 0.15f, 0, 1);
            radiance += throughput * haze * scene.Sky.Horizon;
            throughput *= 1 - haze;

            Vector3 origin = surface.Point + (surface.FaceNormal * (scene.Size * 1e-4f));
            radiance += throughput * (material.Emission + Direct(scene, ray, surface, origin, random.Next()));

            // Mirrors grow towards grazing angles (Schlick 1994). Which way to go on is drawn by how much light each would bring.
            Vector3 mirror = Fresnel(material.Mirror, -Vector3.Dot(ray.Direction, surface.Normal));
            float mirrored = Brightest(mirror), scattered = Brightest(material.Diffuse);
            if (mirrored + scattered <= 0)
            {
                return radiance;
            }

            float probability = mirrored / (mirrored + scattered);
            Vector2 choice = random.Next();
            Vector3 direction;
            if (choice.X < probability)
            {
                direction = Vector3.Reflect(ray.Direction, surface.Normal);
                throughput *= mirror / probability;
            }
            else if (++scatterings <= MaxScatterings)
            {
                direction = Scatter(surface.Normal, random.Next());
                throughput *= material.Diffuse / (1 - probability);
            }
            else
            {
                // What further scatterings would bring, roughly.
                return radiance + (throughput * material.Diffuse * scene.Sky.Horizon * 0.3f);
            }

            if (Vector3.Dot(direction, surface.FaceNormal) <= 0)
            {
                return radiance; // The smoothed normal leads under the face.
            }

            ray = new Ray(origin, direction);
        }

        return radiance;
    }

    private static Vector3 Direct(Scene scene, in Ray ray, in Surface surface, Vector3 origin, Vector2 random)
    {
        SphereLight light = scene.Light;
        Vector3 target = light.Center + (Spherical((2 * random.X) - 1, random.Y) * light.Radius);
        Vector3 way = target - origin;
        float distance = way.Length();
        Vector3 direction = way / distance;
        float cosine = Vector3.Dot(direction, surface.Normal);
        if (cosine <= 0 || Vector3.Dot(direction, surface.FaceNormal) <= 0 || scene.IsOccluded(new Ray(origin, direction), distance))
        {
            return Vector3.Zero;
        }

        Material material = surface.Material;
        float falloff = Vector3.DistanceSquared(light.Center, scene.Center) / (distance * distance);
        Vector3 half = Vector3.Normalize(direction - ray.Direction);
        float highlight = MathF.Pow(MathF.Max(0, Vector3.Dot(half, surface.Normal)), material.Shininess) * (material.Shininess + 8) / 25;
        return light.Irradiance * falloff * cosine * (material.Diffuse + (material.Specular * (highlight * 0.3f)));
    }

    private static Vector3 Fresnel(Vector3 mirror, float cosine)
    {
        float m = 1 - Math.Clamp(cosine, 0, 1);
        return mirror + ((mirror == Vector3.Zero ? Vector3.Zero : Vector3.One - mirror) * (m * m * m * m * m));
    }

    // By the cosine law: a point of the sphere around the normal's tip.
    private static Vector3 Scatter(Vector3 normal, Vector2 random)
    {
        Vector3 direction = normal + Spherical((2 * random.X) - 1, random.Y);
        float length = direction.Length();
        return length > 1e-4f ? direction / length : normal;
    }

    private static Vector3 Spherical(float z, float turn)
    {
        float radius = MathF.Sqrt(MathF.Max(0, 1 - (z * z)));
        (float sin, float cos) = MathF.SinCos(turn * MathF.Tau);
        return new Vector3(radius * cos, radius * sin, z);
    }

    private static float Brightest(Vector3 color) => MathF.Max(color.X, MathF.Max(color.Y, color.Z));
}
