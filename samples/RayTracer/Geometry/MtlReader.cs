using System.Globalization;
using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>Reads the materials of an MTL file: Kd, Ks, Ns, Ke and illum. What needs textures or transparency is passed over.</summary>
public static class MtlReader
{
    // From illum 3 on, the format's models have reflections.
    private const float FirstReflective = 3;

    /// <summary>Reads a file into <paramref name="materials"/>, by name.</summary>
    /// <exception cref="ObjFormatException">A line cannot be understood.</exception>
    public static void Read(string file, TextReader reader, IDictionary<string, Material> materials)
    {
        ArgumentNullException.ThrowIfNull(materials);
        var lines = new ObjLines(file, reader);
        string? name = null;
        Material material = default;
        bool isReflective = false;
        while (lines.MoveNext())
        {
            string keyword = lines.Word().ToString();
            if (keyword == "newmtl")
            {
                Finish();
                name = lines.Rest();
                if (name.Length == 0)
                {
                    throw lines.Error("newmtl has no name");
                }

                (material, isReflective) = (new Material(Material.Default.Diffuse, Vector3.Zero, 10, Vector3.Zero, Vector3.Zero), false);
                continue;
            }

            if (keyword is "Kd" or "Ks" or "Ke" or "Ns" or "illum" && name is null)
            {
                throw lines.Error($"{keyword} stands before the first newmtl");
            }

            material = keyword switch
            {
                "Kd" => material with { Diffuse = Color(lines, keyword) },
                "Ks" => material with { Specular = Color(lines, keyword) },
                "Ke" => material with { Emission = Color(lines, keyword) },
                "Ns" => material with { Shininess = Math.Clamp(lines.Number32(keyword), 1, 10_000) },
                _ => material,
            };
            isReflective = keyword == "illum" ? lines.Number32(keyword) >= FirstReflective : isReflective;
        }

        Finish();

        void Finish()
        {
            if (name is not null)
            {
                materials[name] = isReflective ? material with { Mirror = material.Specular } : material;
            }
        }
    }

    // One number stands for a grey.
    private static Vector3 Color(ObjLines lines, string keyword)
    {
        float red = lines.Number32(keyword);
        ReadOnlySpan<char> word = lines.Word();
        if (word.IsEmpty)
        {
            return new Vector3(red);
        }

        return float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float green) && float.IsFinite(green)
            ? new Vector3(red, green, lines.Number32($"blue of {keyword}"))
            : throw lines.Error($"'{word}' is no finite number (green of {keyword})");
    }
}
