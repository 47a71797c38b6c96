using System.Numerics;
using RayTracer.Geometry;

namespace RayTracer.Tracing;

/// <summary>A bounding volume hierarchy over the triangles of a mesh, in one array.</summary>
public sealed class Bvh
{
    /// <summary>How deep it may be: what the stack of a traversal holds.</summary>
    internal const int MaxDepth = 64;

    private readonly BvhNode[] _nodes;
    private readonly BvhTriangle[] _triangles;

    private Bvh(BvhNode[] nodes, BvhTriangle[] triangles) => (_nodes, _triangles) = (nodes, triangles);

    /// <summary>How many nodes it has.</summary>
    public int NodeCount => _nodes.Length;

    /// <summary>Builds one.</summary>
    public static Bvh Build(TriangleMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        (BvhNode[] nodes, int[] order) = BvhBuilder.Build(mesh);
        var triangles = new BvhTriangle[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int first = 3 * order[i];
            Vector3 corner = mesh.Positions[mesh.Corners[first]];
            triangles[i] = new BvhTriangle(corner, mesh.Positions[mesh.Corners[first + 1]] - corner, mesh.Positions[mesh.Corners[first + 2]] - corner, order[i]);
        }

        return new Bvh(nodes, triangles);
    }

    /// <summary>The nearest triangle that a ray meets before <paramref name="limit"/>; of several at the same distance, the one that the hierarchy has first.</summary>
    public Hit Intersect(in Ray ray, float limit)
    {
        Hit hit = Hit.None;
        Span<(int Node, float Enter)> stack = stackalloc (int, float)[MaxDepth];
        int depth = 0;
        int current = 0;
        if (_nodes.Length == 0 || float.IsPositiveInfinity(_nodes[0].Enter(ray, limit)))
        {
            return hit;
        }

        while (true)
        {
            ref readonly BvhNode node = ref _nodes[current];
            if (node.Count == 0)
            {
                float left = _nodes[node.First].Enter(ray, limit);
                float right = _nodes[node.First + 1].Enter(ray, limit);
                (int near, int far, float nearEnter, float farEnter) = left <= right ? (node.First, node.First + 1, left, right) : (node.First + 1, node.First, right, left);
                if (!float.IsPositiveInfinity(nearEnter))
                {
                    if (!float.IsPositiveInfinity(farEnter))
                    {
                        stack[depth++] = (far, farEnter);
                    }

                    current = near;
                    continue;
                }
            }
            else
            {
                foreach (ref readonly BvhTriangle triangle in _triangles.AsSpan(node.First, node.Count))
                {
                    if (triangle.Intersect(ray, limit, out float distance, out float u, out float v))
                    {
                        limit = distance;
                        hit = new Hit(distance, triangle.Index, u, v);
                    }
                }
            }

            do
            {
                if (depth == 0)
                {
                    return hit;
                }

                current = stack[--depth].Node;
            }
            while (stack[depth].Enter >= limit);
        }
    }

    /// <summary>Whether a ray meets any triangle before <paramref name="limit"/>.</summary>
    public bool IsOccluded(in Ray ray, float limit)
    {
        Span<int> stack = stackalloc int[MaxDepth];
        int depth = 0;
        int current = 0;
        if (_nodes.Length == 0 || float.IsPositiveInfinity(_nodes[0].Enter(ray, limit)))
        {
            return false;
        }

        while (true)
        {
            ref readonly BvhNode node = ref _nodes[current];
            if (node.Count == 0)
            {
                bool left = !float.IsPositiveInfinity(_nodes[node.First].Enter(ray, limit));
                bool right = !float.IsPositiveInfinity(_nodes[node.First + 1].Enter(ray, limit));
                if (left || right)
                {
                    if (left && right)
                    {
                        stack[depth++] = node.First + 1;
                    }

                    current = left ? node.First : node.First + 1;
                    continue;
                }
            }
            else
            {
                foreach (ref readonly BvhTriangle triangle in _triangles.AsSpan(node.First, node.Count))
                {
                    if (triangle.Intersect(ray, limit, out _, out _, out _))
                    {
                        return true;
                    }
                }
            }

            if (depth == 0)
            {
                return false;
            }

            current = stack[--depth];
        }
    }
}
