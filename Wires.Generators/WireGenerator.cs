using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Wires.Generators.Emitting;
using Wires.Generators.Models;
using Wires.Generators.Parsing;
using Wires.Generators.Serialization;

namespace Wires.Generators;

/// <summary>Emits, for each wire class, its ref, its messages and its descriptor; for each <c>[Home]</c> interface its proxy; for the compilation, their registration.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class WireGenerator : IIncrementalGenerator
{
    // No type can be called so: of the names of wire classes none is like it.
    private const string ModuleHintName = "Wires-Module.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Not ForAttributeWithMetadataName: it binds the attributes of every wire class anew after every edit, which at a thousand classes costs more than
        // a keystroke may. The syntax says which classes it may be; the parser, which asks the symbol, remembers what it found.
        var wires = Parse(context, WireSyntax.IsCandidate, WireParser.Parse)
            .WithTrackingName(TrackingNames.Wires);

        var clashes = wires
            .Select(static (wire, _) => wire.HintName)
            .WithTrackingName(TrackingNames.HintNames)
            .Collect()
            .Select(static (names, _) => HintNames.Clashing(names))
            .WithTrackingName(TrackingNames.ClashingHintNames);

        var named = wires
            .Combine(clashes)
            .Select(static (pair, _) => (Wire: pair.Left, File: HintNames.FileOf(pair.Left, pair.Right)))
            .WithTrackingName(TrackingNames.NamedWires);

        context.RegisterSourceOutput(named, static (output, pair) => output.AddSource(pair.File, SourceText.From(WireEmitter.Emit(pair.Wire), Encoding.UTF8)));

        var homes = Parse(context, WireSyntax.IsHomeCandidate, HomeParser.Parse)
            .WithTrackingName(TrackingNames.Homes);

        // User code names the interface alone, so an editor can do without its proxy.
        context.RegisterImplementationSourceOutput(homes, static (output, home) => output.AddSource(HintNames.FileOf(home), SourceText.From(HomeEmitter.Emit(home), Encoding.UTF8)));

        RegisterModule(context, wires, homes);
    }

    // The parsers get the compilation by itself: the context of a transform would make a semantic model for each node, needed or not.
    private static IncrementalValuesProvider<TModel> Parse<TModel>(
        IncrementalGeneratorInitializationContext context,
        Func<SyntaxNode, bool> isCandidate,
        Func<SyntaxNode, Compilation, CancellationToken, TModel?> parse)
        where TModel : class => context.SyntaxProvider
            .CreateSyntaxProvider((node, _) => isCandidate(node), static (context, _) => context.Node)
            .Combine(context.CompilationProvider)
            .Select((pair, cancellation) => parse(pair.Left, pair.Right, cancellation))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!);

    private static void RegisterModule(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<WireModel> wires, IncrementalValuesProvider<HomeModel> homes)
    {
        var registrations = wires
            .Select(static (wire, _) => wire.Registration)
            .WithTrackingName(TrackingNames.Registrations);

        var served = homes
            .Select(static (home, _) => home.Registration)
            .WithTrackingName(TrackingNames.HomeRegistrations);

        var closed = Parse(context, ClosedWireParser.IsCandidate, ClosedWireParser.Parse)
            .WithTrackingName(TrackingNames.ClosedWires);

        var exceptions = Parse(context, ExceptionParser.IsCandidate, ExceptionParser.Parse)
            .WithTrackingName(TrackingNames.Exceptions);

        var space = context.CompilationProvider.Select(static (compilation, _) => ModuleNames.NamespaceOf(compilation.AssemblyName));

        var formatters = FormatterPipeline.Register(context, wires, homes, closed, space);

        var references = context.CompilationProvider
            .Select(static (compilation, cancellation) => ReferencedModules.Of(compilation, cancellation))
            .WithTrackingName(TrackingNames.References);

        var module = registrations.Collect()
            .Combine(served.Collect())
            .Combine(closed.Collect())
            .Combine(exceptions.Collect())
            .Combine(formatters)
            .Combine(references)
            .Combine(space)
            .Select(static (parts, _) =>
            {
                var ((((((wires, homes), closed), exceptions), formatters), references), space) = parts;
                return ModuleParser.Parse(space, references, wires, homes, closed, exceptions, formatters);
            })
            .WithTrackingName(TrackingNames.Module);

        // An editor needs the refs to be right, not the registration: it runs when the code is built.
        context.RegisterImplementationSourceOutput(module, static (output, model) =>
        {
            if (!model.IsEmpty)
            {
                output.AddSource(ModuleHintName, SourceText.From(ModuleEmitter.Emit(model), Encoding.UTF8));
            }
        });
    }
}
