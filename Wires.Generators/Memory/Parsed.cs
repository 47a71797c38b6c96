namespace Wires.Generators.Memory;

/// <summary>A model, and whether it may be remembered.</summary>
/// <param name="Model">Null: nothing is emitted.</param>
/// <param name="DependsOnDeclarationsOnly">False where it depends on more of another file than <see cref="TreeShape"/> sees.</param>
internal readonly record struct Parsed<TModel>(TModel? Model, bool DependsOnDeclarationsOnly = true)
    where TModel : class;
