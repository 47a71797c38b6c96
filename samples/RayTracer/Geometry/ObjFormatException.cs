namespace RayTracer.Geometry;

/// <summary>A line of an OBJ or MTL file says what cannot be understood.</summary>
public sealed class ObjFormatException(string file, int line, string problem)
    : FormatException($"{file}, line {line}: {problem}")
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;
}
