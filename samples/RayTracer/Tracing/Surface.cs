using System.Numerics;
using RayTracer.Geometry;

namespace RayTracer.Tracing;

/// <summary>What a ray has met.</summary>
/// <param name="Point">Where.</param>
/// <param name="Distance">How far along the ray.</param>
/// <param name="FaceNormal">Of the flat face, towards the ray's origin.</param>
/// <param name="Normal">The same, smoothed over neighbouring faces.</param>
/// <param name="Material">What it is of.</param>
public readonly record struct Surface(Vector3 Point, float Distance, Vector3 FaceNormal, Vector3 Normal, Material Material);
