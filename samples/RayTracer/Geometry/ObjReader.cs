using System.Globalization;
using System.Numerics;

namespace RayTracer.Geometry;

/// <summary>Reads Wavefront OBJ: v, vn, vt, f with polygons and negative indices, mtllib and usemtl. Other keywords are passed over.</summary>
public sealed class ObjReader
{
    private readonly ObjLines _lines;
    private readonly Func<string, TextReader?> _open;
    private readonly List<Vector3> _positions = [];
    private readonly List<Vector3> _normals = [];
    private readonly List<int> _corners = [];
    private readonly List<int> _cornerNormals = [];
    private readonly List<int> _triangleMaterials = [];
    private readonly List<Material> _materials = [];
    private readonly Dictionary<string, Material> _library = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly List<(int Position, int Normal)> _face = [];
    private int _textureCoordinates;
    private int _material = -1;

    private ObjReader(string file, TextReader reader, Func<string, TextReader?> open) => (_lines, _open) = (new ObjLines(file, reader), open);

    /// <summary>Reads a file and the material libraries beside it.</summary>
    /// <exception cref="ObjFormatException">A line cannot be understood.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ObjModel ReadFile(string path)
    {
        using var reader = new StreamReader(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        return Read(Path.GetFileName(path), reader, name =>
        {
            string library = Path.Combine(folder, name);
            return File.Exists(library) ? new StreamReader(library) : null;
        });
    }

    /// <summary>Reads a model.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="reader">Its text.</param>
    /// <param name="open">Opens a material library, or gives null if there is none of that name.</param>
    /// <exception cref="ObjFormatException">A line cannot be understood.</exception>
    public static ObjModel Read(string file, TextReader reader, Func<string, TextReader?> open)
    {
        var obj = new ObjReader(file, reader, open);
        while (obj._lines.MoveNext())
        {
            obj.ReadLine();
        }

        return obj.Finish();
    }

    private void ReadLine()
    {
        switch (_lines.Word())
        {
            case "v":
                _positions.Add(_lines.Vector("a vertex")); // A fourth number (weight) or three more (colour) may follow.
                break;
            case "vn":
                _normals.Add(_lines.Vector("a normal"));
                break;
            case "vt":
                _ = _lines.Number32("u of a texture coordinate");
                _textureCoordinates++;
                break;
            case "f":
                ReadFace();
                break;
            case "mtllib":
                ReadLibrary(_lines.Rest());
                break;
            case "usemtl":
                _material = MaterialOf(_lines.Rest());
                break;
        }
    }

    private void ReadFace()
    {
        _face.Clear();
        for (ReadOnlySpan<char> corner = _lines.Word(); !corner.IsEmpty; corner = _lines.Word())
        {
            _face.Add(ReadCorner(corner));
        }

        if (_face.Count < 3)
        {
            throw _lines.Error($"a face needs at least three corners, this one has {_face.Count}");
        }

        if (_material < 0)
        {
            _material = _materials.Count;
            _materials.Add(Material.Default);
        }

        // A fan: right for convex polygons, which the format asks for.
        for (int i = 2; i < _face.Count; i++)
        {
            foreach ((int position, int normal) in (ReadOnlySpan<(int, int)>)[_face[0], _face[i - 1], _face[i]])
            {
                _corners.Add(position);
                _cornerNormals.Add(normal);
            }

            _triangleMaterials.Add(_material);
        }
    }

    // v, v/vt, v//vn or v/vt/vn.
    private (int Position, int Normal) ReadCorner(ReadOnlySpan<char> corner)
    {
        Span<Range> parts = stackalloc Range[4];
        int count = corner.Split(parts, '/');
        if (count > 3)
        {
            throw _lines.Error($"'{corner}' has more than three indices");
        }

        int position = Index(corner[parts[0]], _positions.Count, "vertex");
        if (count > 1 && !corner[parts[1]].IsEmpty)
        {
            Index(corner[parts[1]], _textureCoordinates, "texture coordinate");
        }

        return (position, count > 2 ? Index(corner[parts[2]], _normals.Count, "normal") : -1);
    }

    // From 1; negative ones count back from the last that was declared.
    private int Index(ReadOnlySpan<char> word, int count, string what)
    {
        if (!int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            throw _lines.Error($"'{word}' is no index of a {what}");
        }

        int found = index < 0 ? count + index : index - 1;
        return found >= 0 && found < count ? found
            : throw _lines.Error($"there is no {what} {index}: {count} {(count == 1 ? "is" : "are")} declared before this line");
    }

    private void ReadLibrary(string name)
    {
        if (name.Length == 0)
        {
            throw _lines.Error("mtllib has no file name");
        }

        using TextReader? reader = _open(name);
        if (reader is null)
        {
            _warnings.Add($"material library '{name}' is not there");
            return;
        }

        MtlReader.Read(name, reader, _library);
    }

    private int MaterialOf(string name)
    {
        if (!_used.TryGetValue(name, out int index))
        {
            if (!_library.TryGetValue(name, out Material material))
            {
                _warnings.Add($"material '{name}' is not defined");
                material = Material.Default;
            }

            index = _used[name] = _materials.Count;
            _materials.Add(material);
        }

        return index;
    }

    private ObjModel Finish()
    {
        if (_corners.Count == 0)
        {
            throw _lines.Error("the file has no faces");
        }

        Vector3[] positions = [.. _positions];
        int[] corners = [.. _corners];
        (Vector3[] normals, int[] cornerNormals) = NormalSmoother.Complete(positions, corners, _normals, _cornerNormals);
        return new ObjModel(new TriangleMesh(positions, normals, corners, cornerNormals, [.. _triangleMaterials]), _materials, _warnings);
    }
}
