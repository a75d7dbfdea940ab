using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Niche.Architecture.Tests.Calls;

/// <summary>Members of other assemblies that an assembly uses, read from its metadata: what the compiler resolved, not what the text looks like.</summary>
internal static class CalledMembers
{
    private const byte GenericInstance = 0x15;

    /// <summary>All of them, as Namespace.Type.Member.</summary>
    public static IReadOnlySet<string> Of(string assemblyFile)
    {
        using PEReader file = new(File.OpenRead(assemblyFile));
        MetadataReader reader = file.GetMetadataReader();
        HashSet<string> members = new(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (TypeOf(reader, member.Parent) is { } type) members.Add($"{type}.{reader.GetString(member.Name)}");
        }

        return members;
    }

    private static string? TypeOf(MetadataReader reader, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => OfGeneric(reader, (TypeSpecificationHandle)parent),
        _ => null,
    };

    private static string? OfGeneric(MetadataReader reader, TypeSpecificationHandle handle)
    {
        BlobReader signature = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (signature.ReadByte() != GenericInstance) return null;
        signature.ReadByte();
        EntityHandle type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? NameOf(reader, (TypeReferenceHandle)type) : null;
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
