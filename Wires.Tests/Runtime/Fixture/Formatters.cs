using System.Runtime.CompilerServices;
using Wires.Serialization;
using Wires.Serialization.Formatters;

namespace Wires.Tests.Runtime;

/// <summary>Formatters for the collections that these tests send.</summary>
internal static class Formatters
{
#pragma warning disable CA2255 // A test assembly is an application.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        WireFormatters.Register(new ListFormatter<LinkRef>());
        WireFormatters.Register(new ListFormatter<int>());
        WireFormatters.Register(new ListFormatter<string>());
        WireFormatters.Register(new ListFormatter<List<int>>());
        WireFormatters.Register(new DictionaryFormatter<string, List<int>>());
        WireFormatters.Register(new ListFormatter<object>());
    }
}
