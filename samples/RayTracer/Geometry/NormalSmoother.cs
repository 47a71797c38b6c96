using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>Makes the normals that a file does not give: smooth where faces meet at a low angle, sharp at creases.</summary>
public static class NormalSmoother
{
    // The cosine of 50 degrees: a dodecahedron keeps its edges, a coarse sphere looks round.
    private const float Crease = 0.643f;

    /// <summary>Gives each corner without a normal (-1) one.</summary>
    /// <param name="positions">The vertices.</param>
    /// <param name="corners">Indices of vertices, three for each triangle.</param>
    /// <param name="given">The normals that there are.</param>
    /// <param name="givenCorners">For each corner an index of these, or -1.</param>
    /// <returns>All normals, of unit length, and an index for each corner.</returns>
    public static (Vector3[] Normals, int[] CornerNormals) Complete(Vector3[] positions, int[] corners, IReadOnlyList<Vector3> given, IReadOnlyList<int> givenCorners)
    {
        ArgumentNullException.ThrowIfNull(corners);
        List<Vector3> normals = [.. given.Select(static normal => Normalize(normal))];
        int[] result = [.. givenCorners];
        if (!result.Contains(-1))
        {
            return ([.. normals], result);
        }

        Vector3[] faces = FaceNormals(positions, corners);
        (int[] starts, int[] around) = CornersByPosition(positions.Length, corners);
        for (int corner = 0; corner < corners.Length; corner++)
        {
            if (result[corner] >= 0)
            {
                continue;
            }

            Vector3 own = Normalize(faces[corner / 3]);
            Vector3 sum = Vector3.Zero;
            for (int i = starts[corners[corner]]; i < starts[corners[corner] + 1]; i++)
            {
                // Of the length of twice the triangle's area: large faces have more of a say.
                Vector3 face = faces[around[i] / 3];
                sum += Vector3.Dot(own, face) >= Crease * face.Length() ? face : Vector3.Zero;
            }

            result[corner] = Share(Normalize(sum), around.AsSpan(starts[corners[corner]]..starts[corners[corner] + 1]), normals, result, given.Count);
        }

        return ([.. normals], result);
    }

    // The corners at one vertex of a smooth surface all have the same one: a mesh is sent with a normal for each vertex then, not for each corner.
    private static int Share(Vector3 normal, ReadOnlySpan<int> around, List<Vector3> normals, int[] cornerNormals, int given)
    {
        foreach (int corner in around)
        {
            if (cornerNormals[corner] >= given && normals[cornerNormals[corner]] == normal)
            {
                return cornerNormals[corner];
            }
        }

        normals.Add(normal);
        return normals.Count - 1;
    }

    private static Vector3[] FaceNormals(Vector3[] positions, int[] corners)
    {
        var faces = new Vector3[corners.Length / 3];
        for (int i = 0; i < faces.Length; i++)
        {
            Vector3 a = positions[corners[3 * i]];
            faces[i] = Vector3.Cross(positions[corners[(3 * i) + 1]] - a, positions[corners[(3 * i) + 2]] - a);
        }

        return faces;
    }

    // A counting sort: the corners at vertex p are around[starts[p]..starts[p + 1]].
    private static (int[] Starts, int[] Around) CornersByPosition(int positions, int[] corners)
    {
        int[] starts = new int[positions + 1];
        foreach (int position in corners)
        {
            starts[position + 1]++;
        }

        for (int i = 0; i < positions; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = [.. starts];
        int[] around = new int[corners.Length];
        for (int corner = 0; corner < corners.Length; corner++)
        {
            around[next[corners[corner]]++] = corner;
        }

        return (starts, around);
    }

    // A triangle without area, or a normal without a length, points anywhere; up will do.
    private static Vector3 Normalize(Vector3 vector)
    {
        float length = vector.Length();
        return length > 0 && float.IsFinite(length) ? vector / length : Vector3.UnitY;
    }
}
