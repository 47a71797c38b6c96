namespace MemoryPack;

// As a project without MemoryPack's package may declare them: the generator knows them by name.
internal enum GenerateType
{
    Object,
    VersionTolerant,
    CircularReference,
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
internal sealed class MemoryPackableAttribute(GenerateType generateType = GenerateType.Object) : Attribute
{
    public GenerateType GenerateType => generateType;
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true)]
internal sealed class MemoryPackUnionAttribute(ushort tag, Type type) : Attribute
{
    public ushort Tag => tag;

    public Type Type => type;
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
internal sealed class MemoryPackOrderAttribute(int order) : Attribute
{
    public int Order => order;
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
internal sealed class MemoryPackIgnoreAttribute : Attribute;

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
internal sealed class MemoryPackIncludeAttribute : Attribute;
