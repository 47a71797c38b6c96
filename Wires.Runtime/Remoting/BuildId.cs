using System.Reflection;

namespace Wires.Remoting;

/// <summary>Tells builds of an application apart.</summary>
internal static class BuildId
{
    /// <summary>The identity of the process's main module, which differs with every build; that of this library where there is none.</summary>
    public static Guid Current { get; } = (Assembly.GetEntryAssembly() ?? typeof(BuildId).Assembly).ManifestModule.ModuleVersionId;
}
