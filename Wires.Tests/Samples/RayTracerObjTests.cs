using System.Numerics;
using RayTracer.Geometry;
using Xunit;

namespace Wires.Tests.Samples;

/// <summary>What the ray tracer makes of OBJ and MTL files.</summary>
public sealed class RayTracerObjTests
{
    private const string Square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";

    [Fact]
    public void APolygonBecomesAFanOfTriangles()
    {
        ObjModel model = Read(Square + "f 1 2 3 4\n");
        Assert.Equal([0, 1, 2, 0, 2, 3], model.Mesh.Corners);
        Assert.Equal(2, model.Mesh.TriangleCount);
    }

    [Fact]
    public void NegativeIndicesCountBackFromWhatIsDeclaredSoFar()
    {
        ObjModel model = Read(Square + "f -4 -3 -2\nv 9 9 9\nf -1 -5 -4\n");
        Assert.Equal([0, 1, 2, 4, 0, 1], model.Mesh.Corners);
    }

    [Theory]
    [InlineData("f 1 2 3")]
    [InlineData("f 1/1 2/1 3/1")]
    [InlineData("f 1//1 2//1 3//1")]
    [InlineData("f 1/1/1 2/1/1 3/1/1")]
    [InlineData("f\t1/1/1   2//1 \\\n 3/1 # a comment")]
    public void CornersAreReadInAllTheirForms(string face)
    {
        ObjModel model = Read(Square + "vt 0.5 0.5\nvn 0 0 2\n" + face + "\n");
        Assert.Equal([0, 1, 2], model.Mesh.Corners);
        Assert.All(model.Mesh.CornerNormals, normal => Assert.Equal(Vector3.UnitZ, model.Mesh.Normals[normal]));
    }

    [Fact]
    public void MissingNormalsAreSmoothOverLowAnglesAndSharpAtCreases()
    {
        // Two faces that meet at a right angle, and one that goes on almost flat.
        ObjModel model = Read("v 0 0 0\nv 0 0 1\nv 1 0 0\nv 0 1 0\nv -1 0.1 0\nf 1 2 3\nf 1 2 4\nf 1 5 2\n");
        Vector3 NormalAt(int corner) => model.Mesh.Normals[model.Mesh.CornerNormals[corner]];
        Assert.True(NormalAt(0).Y > 0.99f && NormalAt(0).X != 0, "leans towards its almost flat neighbour");
        Assert.Equal(NormalAt(0), NormalAt(6));
        Assert.True(MathF.Abs(NormalAt(3).X) > 0.99f, "the wall keeps its own");
    }

    [Fact]
    public void MaterialsComeFromTheirLibrary()
    {
        ObjModel model = Read(
            "mtllib my colours.mtl\n" + Square + "usemtl red\nf 1 2 3\nusemtl glass\nf 1 3 4\nusemtl red\nf 2 3 4\n",
            "newmtl red\nKd 1 0.5 0.25\nKs 0.5\nNs 32\nKe 0 0 0.125\nmap_Kd nothing.png\nnewmtl glass\nKs 0.75 0.75 0.75\nillum 3\n");
        Assert.Equal([0, 1, 0], model.Mesh.TriangleMaterials);
        Material red = model.Materials[0];
        Assert.Equal(new Material(new Vector3(1, 0.5f, 0.25f), new Vector3(0.5f), 32, new Vector3(0, 0, 0.125f), Vector3.Zero), red);
        Assert.Equal(new Vector3(0.75f), model.Materials[1].Mirror);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public void WhatIsNotThereIsWarnedOfAndShownPlain()
    {
        ObjModel model = Read("mtllib away.mtl\nusemtl red\n" + Square + "f 1 2 3\n");
        Assert.Equal(["material library 'away.mtl' is not there", "material 'red' is not defined"], model.Warnings);
        Assert.Equal([Material.Default], model.Materials);
    }

    [Theory]
    [InlineData("f 1 2 5", 5, "there is no vertex 5: 4 are declared before this line")]
    [InlineData("f 1 2 0", 5, "there is no vertex 0: 4 are declared before this line")]
    [InlineData("f -5 1 2", 5, "there is no vertex -5: 4 are declared before this line")]
    [InlineData("f 1 2", 5, "a face needs at least three corners, this one has 2")]
    [InlineData("f 1 2 x", 5, "'x' is no index of a vertex")]
    [InlineData("f 1/1 2/1 3/1", 5, "there is no texture coordinate 1: 0 are declared before this line")]
    [InlineData("f 1//1 2//1 3//1", 5, "there is no normal 1: 0 are declared before this line")]
    [InlineData("f 1/1/1/1 2 3", 5, "'1/1/1/1' has more than three indices")]
    [InlineData("\n\nv 1 2", 7, "z of a vertex is missing")]
    [InlineData("f 1 2 \\\n3\nv 1 2 nan", 7, "'nan' is no finite number (z of a vertex)")]
    [InlineData("vn 0 1e99 0", 5, "'1e99' is no finite number (y of a normal)")]
    [InlineData("mtllib", 5, "mtllib has no file name")]
    [InlineData("# nothing", 5, "the file has no faces")]
    public void WhatCannotBeUnderstoodIsSaidWithItsLine(string rest, int line, string problem)
    {
        ObjFormatException e = Assert.Throws<ObjFormatException>(() => Read(Square + rest));
        Assert.Equal(line, e.Line);
        Assert.Equal($"model.obj, line {line}: {problem}", e.Message);
    }

    [Theory]
    [InlineData("Kd 1 1 1", 1, "Kd stands before the first newmtl")]
    [InlineData("newmtl a\nKd 1 1", 2, "blue of Kd is missing")]
    [InlineData("newmtl", 1, "newmtl has no name")]
    public void SoItIsInAMaterialLibrary(string library, int line, string problem)
    {
        ObjFormatException e = Assert.Throws<ObjFormatException>(() => Read("mtllib colours.mtl\n", library));
        Assert.Equal($"colours.mtl, line {line}: {problem}", e.Message);
    }

    private static ObjModel Read(string text, string? library = null)
    {
        using var reader = new StringReader(text);
        return ObjReader.Read("model.obj", reader, name => library is null ? null : new StringReader(library));
    }
}
