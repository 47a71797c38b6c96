using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Wires.Samples.Node;

/// <summary>Brings the wires of assemblies that this program was not built with into the process.</summary>
internal static class WireAssemblies
{
    /// <summary>Loads an assembly, finds what it needs beside it, and lets it register its wires.</summary>
    public static void Load(string path)
    {
        string full = Path.GetFullPath(path);
        var resolver = new AssemblyDependencyResolver(full);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            resolver.ResolveAssemblyToPath(name) is { } dependency ? context.LoadFromAssemblyPath(dependency) : null;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(full);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
    }
}
