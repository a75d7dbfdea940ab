using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Fills the runtime's structs: what is given by name, and nothing where nothing is given.</summary>
public static class ZeroValues
{
    /// <summary>A struct, or an Option of one.</summary>
    public static object? Fill(TypeRegistry types, int type, IReadOnlyDictionary<string, object?> given)
    {
        var info = types[type];
        if (info.IsOption) return Fill(types, ((TypeDefinition.Variant)info.Definition).Variants[1].Fields[0].Type, given);
        var fields = ((TypeDefinition.Composite)info.Definition).Fields;
        return fields.ToDictionary(field => field.Name!, field => given.TryGetValue(field.Name!, out var value) ? value : Of(types, field.Type));
    }

    public static object? Of(TypeRegistry types, int type)
    {
        var info = types[type];
        return info.Definition switch
        {
            TypeDefinition.Primitive { Kind: PrimitiveKind.Bool } => false,
            TypeDefinition.Primitive { Kind: PrimitiveKind.Str or PrimitiveKind.Character } => "",
            TypeDefinition.Primitive or TypeDefinition.Compact => 0,
            TypeDefinition.Sequence => Array.Empty<object?>(),
            TypeDefinition.Array { Item: var item, Length: var length } when types[item].Definition is TypeDefinition.Primitive { Kind: PrimitiveKind.U8 } => new byte[length],
            TypeDefinition.Array array => Enumerable.Range(0, (int)array.Length).Select(_ => Of(types, array.Item)).ToArray(),
            TypeDefinition.Tuple tuple => tuple.Items.Select(item => Of(types, item)).ToArray(),
            TypeDefinition.Composite { Fields: [{ Name: null } only] } => Of(types, only.Type),
            TypeDefinition.Composite composite => composite.Fields.ToDictionary(field => field.Name!, field => Of(types, field.Type)),
            TypeDefinition.Variant when info.IsOption => null,
            TypeDefinition.Variant { Variants: [{ Fields: [] } first, ..] } => first.Name,
            _ => throw new InvalidOperationException($"No nothing of type {types.NameOf(type)}."),
        };
    }
}
