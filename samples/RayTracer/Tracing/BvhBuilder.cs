using System.Numerics;
using RayTracer.Geometry;

namespace RayTracer.Tracing;

/// <summary>Builds the nodes of a <see cref="Bvh"/> from the top by the surface area heuristic over binned centroids (Wald 2007).</summary>
internal sealed class BvhBuilder
{
    private const int Bins = 16;
    private const int MaxLeaf = 4;

    // What a step to two children costs, in triangle tests.
    private const float TraversalCost = 1.2f;

    private readonly Aabb[] _bounds;
    private readonly Vector3[] _centroids;
    private readonly int[] _order;
    private readonly List<BvhNode> _nodes = [];
    private readonly (Aabb Bounds, int Count)[] _bins = new (Aabb, int)[Bins];
    private readonly float[] _rightCosts = new float[Bins];

    private BvhBuilder(TriangleMesh mesh)
    {
        _bounds = new Aabb[mesh.TriangleCount];
        _centroids = new Vector3[mesh.TriangleCount];
        _order = [.. Enumerable.Range(0, mesh.TriangleCount)];
        for (int i = 0; i < _bounds.Length; i++)
        {
            _bounds[i] = Aabb.Empty;
            foreach (int corner in mesh.Corners.AsSpan(3 * i, 3))
            {
                _bounds[i] = _bounds[i].Include(mesh.Positions[corner]);
            }

            _centroids[i] = _bounds[i].Center;
        }
    }

    /// <summary>Builds the nodes, the root first, and the order of triangles that leaves point into.</summary>
    public static (BvhNode[] Nodes, int[] Order) Build(TriangleMesh mesh)
    {
        var builder = new BvhBuilder(mesh);
        if (mesh.TriangleCount > 0)
        {
            builder._nodes.Add(default);
            builder.Fill(0, 0, mesh.TriangleCount, 0);
        }

        return ([.. builder._nodes], builder._order);
    }

    private void Fill(int node, int first, int count, int depth)
    {
        Aabb bounds = Aabb.Empty, centroids = Aabb.Empty;
        foreach (int triangle in _order.AsSpan(first, count))
        {
            bounds = bounds.Include(_bounds[triangle]);
            centroids = centroids.Include(_centroids[triangle]);
        }

        int middle = depth < Bvh.MaxDepth - 1 ? Split(first, count, bounds, centroids) : first;
        if (middle == first)
        {
            _nodes[node] = new BvhNode { Min = bounds.Min, Max = bounds.Max, First = first, Count = count };
            return;
        }

        int left = _nodes.Count;
        _nodes.Add(default);
        _nodes.Add(default);
        _nodes[node] = new BvhNode { Min = bounds.Min, Max = bounds.Max, First = left };
        Fill(left, first, middle - first, depth + 1);
        Fill(left + 1, middle, first + count - middle, depth + 1);
    }

    /// <summary>Orders triangles into two groups.</summary>
    /// <returns>Where the second begins; <paramref name="first"/> if they should stay together.</returns>
    private int Split(int first, int count, Aabb bounds, Aabb centroids)
    {
        (float Cost, int Axis, int Bin) best = (float.PositiveInfinity, -1, 0);
        for (int axis = 0; axis < 3 && count > 1; axis++)
        {
            float origin = centroids.Min[axis], extent = centroids.Extent[axis];
            if (extent > 0 && BestBin(first, count, axis, origin, Bins / extent) is var (cost, bin) && cost < best.Cost)
            {
                best = (cost, axis, bin);
            }
        }

        float splitCost = TraversalCost + (best.Cost / Math.Max(bounds.HalfArea, float.Epsilon));
        if (best.Axis < 0 || (count <= MaxLeaf && splitCost >= count))
        {
            return first;
        }

        return Partition(first, count, best.Axis, centroids.Min[best.Axis], Bins / centroids.Extent[best.Axis], best.Bin);
    }

    /// <summary>Areas by counts of the two sides of the best border between bins, and the last bin of the left side.</summary>
    private (float Cost, int Bin) BestBin(int first, int count, int axis, float origin, float scale)
    {
        Array.Fill(_bins, (Aabb.Empty, 0));
        foreach (int triangle in _order.AsSpan(first, count))
        {
            ref (Aabb Bounds, int Count) bin = ref _bins[BinOf(_centroids[triangle][axis], origin, scale)];
            bin = (bin.Bounds.Include(_bounds[triangle]), bin.Count + 1);
        }

        Aabb side = Aabb.Empty;
        int sum = 0;
        for (int i = Bins - 1; i > 0; i--)
        {
            side = side.Include(_bins[i].Bounds);
            sum += _bins[i].Count;
            _rightCosts[i] = sum == 0 ? float.PositiveInfinity : side.HalfArea * sum;
        }

        (side, sum) = (Aabb.Empty, 0);
        (float Cost, int Bin) best = (float.PositiveInfinity, 0);
        for (int i = 0; i < Bins - 1; i++)
        {
            side = side.Include(_bins[i].Bounds);
            sum += _bins[i].Count;
            float cost = sum == 0 ? float.PositiveInfinity : (side.HalfArea * sum) + _rightCosts[i + 1];
            best = cost < best.Cost ? (cost, i) : best;
        }

        return best;
    }

    private int Partition(int first, int count, int axis, float origin, float scale, int lastLeft)
    {
        int middle = first;
        for (int i = first; i < first + count; i++)
        {
            if (BinOf(_centroids[_order[i]][axis], origin, scale) <= lastLeft)
            {
                (_order[i], _order[middle]) = (_order[middle], _order[i]);
                middle++;
            }
        }

        return middle;
    }

    // Rounding may put the greatest centroid one beyond the last bin. Clamped as a float: a scale that overflowed would give no int.
    private static int BinOf(float centroid, float origin, float scale) => (int)Math.Clamp((centroid - origin) * scale, 0, Bins - 1);
}
