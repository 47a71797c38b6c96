using System.Numerics;

namespace RayTracer.Tracing;

/// <summary>A half-line, with what the test against boxes needs of it.</summary>
public readonly struct Ray
{
    // A reciprocal of 0 would make 0 × ∞ in the box test, and what that gives depends on the processor.
    private const float LeastComponent = 1e-20f;

    /// <summary>Makes one.</summary>
    /// <param name="origin">Where it starts.</param>
    /// <param name="direction">Where it goes, of unit length.</param>
    public Ray(Vector3 origin, Vector3 direction)
    {
        Origin = origin;
        Direction = direction;
        Reciprocal = Vector3.One / new Vector3(Away(direction.X), Away(direction.Y), Away(direction.Z));
    }

    /// <summary>Where it starts.</summary>
    public Vector3 Origin { get; }

    /// <summary>Where it goes, of unit length.</summary>
    public Vector3 Direction { get; }

    /// <summary>One by each component of <see cref="Direction"/>.</summary>
    public Vector3 Reciprocal { get; }

    /// <summary>The point at a distance.</summary>
    public Vector3 At(float distance) => Origin + (Direction * distance);

    private static float Away(float component) => MathF.Abs(component) >= LeastComponent ? component : MathF.CopySign(LeastComponent, component);
}
