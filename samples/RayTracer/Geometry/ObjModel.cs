namespace RayTracer.Geometry;

/// <summary>What an OBJ file holds, as far as this ray tracer shows it.</summary>
/// <param name="Mesh">Its faces.</param>
/// <param name="Materials">What <see cref="TriangleMesh.TriangleMaterials"/> points into.</param>
/// <param name="Warnings">What was passed over: materials that nothing defines, files that are not there.</param>
public sealed record ObjModel(TriangleMesh Mesh, IReadOnlyList<Material> Materials, IReadOnlyList<string> Warnings);
