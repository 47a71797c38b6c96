using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>Puts a mesh together from curved surfaces, for scenes that come from no file.</summary>
public sealed class MeshBuilder
{
    private readonly List<Vector3> _positions = [];
    private readonly List<int> _corners = [];
    private readonly List<int> _triangleMaterials = [];

    /// <summary>Adds a surface that is closed both ways: a torus, or a tube along a closed curve.</summary>
    /// <param name="columns">How many vertices round the first parameter.</param>
    /// <param name="rows">How many round the second.</param>
    /// <param name="material">The index of its material.</param>
    /// <param name="surface">The point for two parameters from 0 to 1.</param>
    public void AddClosed(int columns, int rows, int material, Func<float, float, Vector3> surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        int first = _positions.Count;
        for (int i = 0; i < columns * rows; i++)
        {
            _positions.Add(surface((float)(i / rows) / columns, (float)(i % rows) / rows));
        }

        for (int i = 0; i < columns * rows; i++)
        {
            int column = i / rows, row = i % rows, nextColumn = (column + 1) % columns, nextRow = (row + 1) % rows;
            int a = first + (column * rows) + row, b = first + (nextColumn * rows) + row;
            int c = first + (nextColumn * rows) + nextRow, d = first + (column * rows) + nextRow;
            AddTriangle(a, b, c, material);
            AddTriangle(a, c, d, material);
        }
    }

    /// <summary>Adds a ball: an icosahedron, each face of which is divided in four again and again.</summary>
    /// <param name="center">Where.</param>
    /// <param name="divisions">How often; 20 · 4ⁿ triangles.</param>
    /// <param name="material">The index of its material.</param>
    /// <param name="radius">How far the surface is from the centre in a direction.</param>
    public void AddBall(Vector3 center, int divisions, int material, Func<Vector3, float> radius)
    {
        ArgumentNullException.ThrowIfNull(radius);
        (List<Vector3> points, List<(int A, int B, int C)> faces) = Icosahedron();
        for (int i = 0; i < divisions; i++)
        {
            faces = Divide(points, faces);
        }

        int first = _positions.Count;
        _positions.AddRange(points.Select(direction => center + (direction * radius(direction))));
        foreach ((int a, int b, int c) in faces)
        {
            AddTriangle(first + a, first + b, first + c, material);
        }
    }

    /// <summary>The mesh, with smooth normals.</summary>
    public TriangleMesh Build()
    {
        Vector3[] positions = [.. _positions];
        int[] corners = [.. _corners];
        int[] none = new int[corners.Length];
        Array.Fill(none, -1);
        (Vector3[] normals, int[] cornerNormals) = NormalSmoother.Complete(positions, corners, [], none);
        return new TriangleMesh(positions, normals, corners, cornerNormals, [.. _triangleMaterials]);
    }

    private static (List<Vector3> Points, List<(int A, int B, int C)> Faces) Icosahedron()
    {
        float golden = (1 + MathF.Sqrt(5)) / 2;
        List<Vector3> points = [];
        foreach ((float one, float other) in (ReadOnlySpan<(float, float)>)[(1, golden), (1, -golden), (-1, golden), (-1, -golden)])
        {
            points.Add(Vector3.Normalize(new Vector3(0, one, other)));
            points.Add(Vector3.Normalize(new Vector3(one, other, 0)));
            points.Add(Vector3.Normalize(new Vector3(other, 0, one)));
        }

        // Neighbours are those at the length of an edge, which is the least distance between two vertices.
        float edge = 4 / (1 + (golden * golden)) * 1.01f;
        List<(int A, int B, int C)> faces = [];
        for (int a = 0; a < points.Count; a++)
        {
            for (int b = a + 1; b < points.Count; b++)
            {
                for (int c = b + 1; c < points.Count; c++)
                {
                    if (Vector3.DistanceSquared(points[a], points[b]) < edge && Vector3.DistanceSquared(points[b], points[c]) < edge && Vector3.DistanceSquared(points[a], points[c]) < edge)
                    {
                        faces.Add((a, b, c));
                    }
                }
            }
        }

        return (points, faces);
    }

    private static List<(int A, int B, int C)> Divide(List<Vector3> points, List<(int A, int B, int C)> faces)
    {
        var middles = new Dictionary<(int, int), int>();
        List<(int A, int B, int C)> divided = new(faces.Count * 4);
        foreach ((int a, int b, int c) in faces)
        {
            int ab = Middle(a, b), bc = Middle(b, c), ca = Middle(c, a);
            divided.AddRange([(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]);
        }

        return divided;

        int Middle(int a, int b)
        {
            (int, int) edge = (Math.Min(a, b), Math.Max(a, b));
            if (!middles.TryGetValue(edge, out int middle))
            {
                middle = middles[edge] = points.Count;
                points.Add(Vector3.Normalize(points[a] + points[b]));
            }

            return middle;
        }
    }

    private void AddTriangle(int a, int b, int c, int material)
    {
        _corners.AddRange([a, b, c]);
        _triangleMaterials.Add(material);
    }
}
