using System.Diagnostics.CodeAnalysis;

namespace Wires.Serialization.Images;

/// <summary>What an image cannot carry.</summary>
internal static class ImageErrors
{
    [DoesNotReturn]
    public static void ThrowCycle(Type type, long offset) =>
        throw new WireSerializationException(
            $"A {type} refers to itself, by way of what it is made of: it cannot be made before that, nor that before it. Give the class a constructor without parameters and let it set members, use a collection that can change, or mark the field [Local]", type, offset);

    [DoesNotReturn]
    public static void ThrowComparer(Type collection, object comparer) =>
        throw new WireSerializationException(
            $"A {collection} compares by {comparer.GetType()}, which is not known elsewhere. Use the default comparer, ReferenceEqualityComparer, or a StringComparer that is ordinal or invariant; or mark the field [Local] and build it anew in OnAttached", collection, -1);

    [DoesNotReturn]
    public static void ThrowIncompleteElements(Type collection, long offset) =>
        throw new WireSerializationException(
            $"The keys of a {collection} refer to an object that holds it, which is not complete before the collection is. Use a collection that can change, as Dictionary or HashSet", collection, offset);
}
