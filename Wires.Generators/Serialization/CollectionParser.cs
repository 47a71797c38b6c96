using Microsoft.CodeAnalysis;

namespace Wires.Generators.Serialization;

/// <summary>A user's collection: a type with [MemoryPackable(GenerateType.Collection)], or one derived from a collection of the base library.</summary>
internal sealed class CollectionParser(TypeClassifier classifier)
{
    private const string Formatters = "global::Wires.Serialization.Formatters.";

    /// <summary>False: the type is no collection, but an object.</summary>
    public bool TryParse(TypeNode node, INamedTypeSymbol type)
    {
        var isDeclared = MemoryPackAttributes.KindOf(type) is "Collection";
        var levels = MemberCollector.Levels(type);
        if (type.TypeKind != TypeKind.Class || !MemberCollector.IsSource(type) || (!isDeclared && !levels.Any(MemberCollector.IsFramework)))
        {
            return false;
        }

        if (Find(type, "IDictionary`2") is not { } collection)
        {
            collection = Find(type, "ICollection`1");
        }

        if (collection is null)
        {
            return false; // what it derives from is reported with the object
        }

        var name = IdentityNames.Display(type);
        if (!isDeclared && levels.Where(MemberCollector.IsSource).SelectMany(l => l.GetMembers()).OfType<IFieldSymbol>().FirstOrDefault(f => !f.IsStatic) is { } field)
        {
            node.Problem = $"'{name}' adds '{(field.AssociatedSymbol ?? field).Name}' to a collection, of which only the elements travel; hold the collection in a member instead";
        }
        else if (!type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && c.DeclaredAccessibility == Accessibility.Public) || !classifier.CanReach(type))
        {
            node.Problem = $"'{name}' is a collection without a public parameterless constructor, by which it could be filled again; give it one";
        }

        foreach (var argument in collection.TypeArguments)
        {
            node.Edges.Add((null, classifier.Node(argument, type)));
        }

        var kind = collection.Arity == 2 ? "Dictionary" : "Collection";
        node.Registration = new(node.Name, $"new {Formatters}Generic{kind}Formatter<{node.Name}, {string.Join(", ", node.Edges.Select(e => e.Node.Name))}>()");
        return true;
    }

    private static INamedTypeSymbol? Find(INamedTypeSymbol type, string name) => type.AllInterfaces.FirstOrDefault(
        i => string.Equals(KnownTypes.MetadataName(i.OriginalDefinition), "System.Collections.Generic." + name, StringComparison.Ordinal));
}
