using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>
/// Names the compiler's state machines between nodes: by assembly, the build of the assembly, and the name in it. Variables have other places in another build, so only the same one
/// is accepted; and only state machines of assemblies that have registered wires are ever made, so that a name from the network runs no other code.
/// </summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal static class StackTypes
{
    private const int MaxDepth = 16;

    // What the base library takes long to say: it makes a name anew each time, and looks through all of an assembly for a type. Only what there is is kept, so strangers' names do not fill it.
    private static readonly ConcurrentDictionary<Assembly, (string Name, Guid Build)> s_names = new();
    private static readonly ConcurrentDictionary<Type, (string? Name, Type[] Arguments)> s_described = new();
    private static readonly ConcurrentDictionary<(string Name, Guid Build), Assembly> s_assemblies = new();
    private static readonly ConcurrentDictionary<(Assembly Assembly, string Name), Type> s_types = new();

    /// <summary>State machines that were found to be some, of assemblies that may continue them.</summary>
    private static readonly ConcurrentDictionary<Type, byte> s_stateMachines = new();

    private static (string Name, Guid Build) Describe(Assembly assembly) => s_names.GetOrAdd(assembly, static assembly => (assembly.GetName().Name ?? "", assembly.ManifestModule.ModuleVersionId));

    private static string NameOf(Assembly assembly) => Describe(assembly).Name;

    /// <summary>Writes types; the build of each assembly once.</summary>
    [RequiresDynamicCode(StackImage.Reflection)]
    [RequiresUnreferencedCode(StackImage.Reflection)]
    internal sealed class Writer
    {
        private readonly List<Assembly> _assemblies = [];

        public void Write(ref WireWriter writer, Type type)
        {
            int number = _assemblies.IndexOf(type.Assembly);
            writer.WriteVarInt(number < 0 ? _assemblies.Count : number);
            if (number < 0)
            {
                _assemblies.Add(type.Assembly);
                (string name, Guid build) = Describe(type.Assembly);
                writer.WriteString(name);
                writer.WriteUnmanaged(build);
            }

            (string? full, Type[] arguments) = s_described.GetOrAdd(type, static type => (type.IsGenericType ? type.GetGenericTypeDefinition().FullName : type.FullName, type.GetGenericArguments()));
            writer.WriteString(full);
            writer.WriteVarInt(arguments.Length);
            foreach (Type argument in arguments)
            {
                Write(ref writer, argument);
            }
        }
    }

    /// <summary>Reads what <see cref="Writer"/> has written.</summary>
    [RequiresDynamicCode(StackImage.Reflection)]
    [RequiresUnreferencedCode(StackImage.Reflection)]
    internal sealed class Reader
    {
        private readonly List<Assembly> _assemblies = [];

        /// <summary>Reads a state machine.</summary>
        /// <exception cref="WireSerializationException">There is none of that name here, or in another build.</exception>
        public Type Read(ref WireReader reader)
        {
            Type type = Read(ref reader, 0);
            if (!s_stateMachines.ContainsKey(type))
            {
                Check(type);
                s_stateMachines[type] = 0;
            }

            return type;
        }

        private static void Check(Type type)
        {
            if (!IsRegistered(type.Assembly))
            {
                throw new WireSerializationException($"Assembly {NameOf(type.Assembly)} has registered no wires here, so no method of it is continued.");
            }

            if (!type.IsAssignableTo(typeof(IAsyncStateMachine)) || !type.Name.StartsWith('<'))
            {
                throw new WireSerializationException($"{type} is no async method.");
            }
        }

        private Type Read(ref WireReader reader, int depth)
        {
            int number = reader.ReadVarIntInt32();
            if (number == _assemblies.Count)
            {
                string name = reader.ReadString() ?? "";
                Guid build = reader.ReadUnmanaged<Guid>();
                _assemblies.Add(Find(name, build));
            }

            if ((uint)number >= (uint)_assemblies.Count || depth > MaxDepth)
            {
                throw new WireSerializationException("A type names an assembly that was not named.");
            }

            Type type = FindType(_assemblies[number], reader.ReadString() ?? "");
            var arguments = new Type[reader.ReadVarIntInt32() is var count and >= 0 and < MaxDepth ? count : throw new WireSerializationException("A type has more arguments than any has.")];
            for (int i = 0; i < count; i++)
            {
                arguments[i] = Read(ref reader, depth + 1);
            }

            return count == 0 ? type : type.MakeGenericType(arguments);
        }

        private static Type FindType(Assembly assembly, string name)
        {
            if (!s_types.TryGetValue((assembly, name), out Type? type))
            {
                type = assembly.GetType(name, throwOnError: false) ?? throw new WireSerializationException($"Assembly {NameOf(assembly)} has no type {name}.");
                s_types[(assembly, name)] = type;
            }

            return type;
        }

        private static Assembly Find(string name, Guid build)
        {
            if (s_assemblies.TryGetValue((name, build), out Assembly? known))
            {
                return known;
            }

            foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
            {
                if (string.Equals(NameOf(assembly), name, StringComparison.Ordinal))
                {
                    return assembly.ManifestModule.ModuleVersionId == build
                        ? s_assemblies[(name, build)] = assembly
                        : throw new WireSerializationException($"Assembly {name} is of another build here ({assembly.ManifestModule.ModuleVersionId}, there {build}): a wire can move in the middle of a method between equal builds only, else once its methods have ended");
                }
            }

            throw new WireSerializationException($"Assembly {name} is not loaded here.");
        }

        private static bool IsRegistered(Assembly assembly) => assembly == typeof(WireTask).Assembly || WireRegistry.Has(assembly);
    }
}
