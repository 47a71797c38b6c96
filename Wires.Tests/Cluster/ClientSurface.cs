using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Wires.Tests.Cluster;

/// <summary>What an assembly offers others, and what it uses of another one, as text that is equal where the runtime binds one to the other.</summary>
internal static class ClientSurface
{
    /// <summary>The types and members that an assembly has, those inherited from its own classes included.</summary>
    public static HashSet<string> Offered(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        var offered = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            string name = SignatureText.NameOf(metadata, handle);
            if (IsVisible(metadata, handle))
            {
                offered.Add(name);
                AddMembers(metadata, handle, name, offered);
            }
        }

        return offered;
    }

    /// <summary>The types and members of another assembly that an assembly uses.</summary>
    public static HashSet<string> Used(string path, string other)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            if (ScopeOf(metadata, handle) == other)
            {
                used.Add(SignatureText.NameOf(metadata, handle));
            }
        }

        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (TypeOf(metadata, member.Parent) is { } type && ScopeOf(metadata, type) == other)
            {
                string name = $"{SignatureText.NameOf(metadata, type)}::{metadata.GetString(member.Name)}";
                used.Add(member.GetKind() == MemberReferenceKind.Method
                    ? Text(name, member.DecodeMethodSignature(SignatureText.Instance, null))
                    : $"{member.DecodeFieldSignature(SignatureText.Instance, null)} {name}");
            }
        }

        return used;
    }

    private static void AddMembers(MetadataReader metadata, TypeDefinitionHandle handle, string name, HashSet<string> offered)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            if ((method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public)
            {
                offered.Add(Text($"{name}::{metadata.GetString(method.Name)}", method.DecodeSignature(SignatureText.Instance, null)));
            }
        }

        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            if ((field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public)
            {
                offered.Add($"{field.DecodeSignature(SignatureText.Instance, null)} {name}::{metadata.GetString(field.Name)}");
            }
        }

        if (type.BaseType is { IsNil: false, Kind: HandleKind.TypeDefinition } parent)
        {
            AddMembers(metadata, (TypeDefinitionHandle)parent, name, offered);
        }
    }

    // An instance method that has become static, or the other way round, is another one.
    private static string Text(string name, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} {name}`{signature.GenericParameterCount}({string.Join(", ", signature.ParameterTypes)})";

    private static bool IsVisible(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        TypeAttributes visibility = type.Attributes & TypeAttributes.VisibilityMask;
        return visibility == TypeAttributes.Public || (visibility == TypeAttributes.NestedPublic && IsVisible(metadata, type.GetDeclaringType()));
    }

    private static TypeReferenceHandle? TypeOf(MetadataReader metadata, EntityHandle parent)
    {
        switch (parent.Kind)
        {
            case HandleKind.TypeReference:
                return (TypeReferenceHandle)parent;
            case HandleKind.TypeSpecification:
                // A generic type's: after the marks of an instance comes the type's own token.
                BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
                return blob.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance && blob.ReadByte() is 0x11 or 0x12 && blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type
                    ? (TypeReferenceHandle)type
                    : null;
            default:
                return null;
        }
    }

    private static string? ScopeOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        EntityHandle scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => ScopeOf(metadata, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }
}
