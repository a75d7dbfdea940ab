namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Short names of types, for messages; cut off where hostile types would make them endless.</summary>
internal sealed class TypeNames(TypeRegistry types)
{
    private const int MaxDepth = 4, MaxItems = 4;

    public string Of(int id) => Of(id, 0);

    private string Of(int id, int depth)
    {
        if (depth > MaxDepth) return "…";
        var type = types[id];
        return type.Definition switch
        {
            TypeDefinition.Primitive primitive => primitive.Kind switch
            {
                PrimitiveKind.Bool => "bool",
                PrimitiveKind.Character => "char",
                PrimitiveKind.Str => "str",
                var kind => $"{(kind.IsSigned() ? 'i' : 'u')}{kind.Bytes() * 8}",
            },
            TypeDefinition.Sequence sequence => $"Vec<{Of(sequence.Item, depth + 1)}>",
            TypeDefinition.Array array => $"[{Of(array.Item, depth + 1)}; {array.Length}]",
            TypeDefinition.Compact compact => $"Compact<{Of(compact.Inner, depth + 1)}>",
            TypeDefinition.Tuple tuple => $"({string.Join(", ", tuple.Items.Take(MaxItems).Select(item => Of(item, depth + 1)))}{(tuple.Items.Count > MaxItems ? ", …" : "")})",
            TypeDefinition.Variant variant when type.IsOption => $"Option<{Of(variant.Variants[1].Fields[0].Type, depth + 1)}>",
            _ => type.Name.Length > 0 ? type.Name : $"type {id}",
        };
    }
}
