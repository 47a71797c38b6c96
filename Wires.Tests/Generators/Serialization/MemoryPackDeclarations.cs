namespace Wires.Tests.Generators.Serialization;

/// <summary>MemoryPack's attributes as a project without its package may declare them: they are known by name.</summary>
internal static class MemoryPackDeclarations
{
    public const string Source = """
        using System;
        namespace MemoryPack
        {
            public enum GenerateType { Object, VersionTolerant, CircularReference, Collection, NoGenerate }
            public enum SerializeLayout { Sequential, Explicit }

            public sealed class MemoryPackableAttribute : Attribute
            {
                public MemoryPackableAttribute(GenerateType generateType = GenerateType.Object) { }
                public MemoryPackableAttribute(SerializeLayout layout) { }
            }

            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public sealed class MemoryPackUnionAttribute(ushort tag, Type type) : Attribute
            {
                public ushort Tag => tag;
                public Type Type => type;
            }

            public sealed class MemoryPackOrderAttribute(int order) : Attribute
            {
                public int Order => order;
            }

            public sealed class MemoryPackIgnoreAttribute : Attribute;
            public sealed class MemoryPackIncludeAttribute : Attribute;
            public sealed class MemoryPackConstructorAttribute : Attribute;
            public sealed class MemoryPackAllowSerializeAttribute : Attribute;
            public sealed class SuppressDefaultInitializationAttribute : Attribute;
            public sealed class MemoryPackOnSerializingAttribute : Attribute;
            public sealed class MemoryPackOnSerializedAttribute : Attribute;
            public sealed class MemoryPackOnDeserializingAttribute : Attribute;
            public sealed class MemoryPackOnDeserializedAttribute : Attribute;
        }
        """;
}
