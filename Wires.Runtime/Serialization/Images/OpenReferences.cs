using System.Runtime.InteropServices;

namespace Wires.Serialization.Images;

/// <summary>
/// Which objects that are not complete yet were referred to. What refers to one around it cannot be hashed or compared before that one has
/// its members.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct OpenReferences
{
    private int _lowest;

    public OpenReferences()
    {
        Current = -1;
        _lowest = int.MaxValue;
    }

    /// <summary>The innermost object that is not complete; -1 outside of all.</summary>
    public int Current { get; set; }

    /// <summary>An object that is not complete was referred to.</summary>
    public void Note(int id) => _lowest = Math.Min(_lowest, id);

    /// <summary>Starts with what a collection may hash or compare. Gives what <see cref="Leave"/> takes.</summary>
    public int Enter()
    {
        int lowest = _lowest;
        _lowest = int.MaxValue;
        return lowest;
    }

    /// <summary>Whether what came since <see cref="Enter"/> refers to the current object or one around it.</summary>
    public bool Leave(int lowest)
    {
        bool refersOut = _lowest <= Current;
        _lowest = Math.Min(_lowest, lowest);
        return refersOut;
    }
}
