namespace Niche.Bittensor.Chain.Metadata;

/// <summary>How a type is encoded. Types are named by their id in the registry.</summary>
public abstract record TypeDefinition
{
    private TypeDefinition()
    {
    }

    /// <summary>A struct: its fields one after the other.</summary>
    public sealed record Composite(IReadOnlyList<TypeField> Fields) : TypeDefinition;

    /// <summary>An enum: one byte, then the fields of that variant.</summary>
    public sealed record Variant(IReadOnlyList<TypeVariant> Variants) : TypeDefinition
    {
        private readonly Dictionary<byte, TypeVariant> _byIndex = Variants.ToDictionary(variant => variant.Index);
        private readonly Dictionary<string, TypeVariant> _byName = Variants.ToDictionary(variant => variant.Name, StringComparer.Ordinal);

        /// <summary>The variant with this byte; null when there is none.</summary>
        public TypeVariant? Find(byte index) => _byIndex.GetValueOrDefault(index);

        /// <summary>The variant of this name; null when there is none.</summary>
        public TypeVariant? Find(string name) => _byName.GetValueOrDefault(name);
    }

    /// <summary>Compact length, then the items.</summary>
    public sealed record Sequence(int Item) : TypeDefinition;

    /// <summary>Exactly <paramref name="Length"/> items.</summary>
    public sealed record Array(uint Length, int Item) : TypeDefinition;

    /// <summary>The items one after the other.</summary>
    public sealed record Tuple(IReadOnlyList<int> Items) : TypeDefinition;

    /// <summary>A number, bool, char or text.</summary>
    public sealed record Primitive(PrimitiveKind Kind) : TypeDefinition;

    /// <summary>An unsigned integer, or a struct around one, in compact form.</summary>
    public sealed record Compact(int Inner) : TypeDefinition;

    /// <summary>Compact number of bits, then whole units of <paramref name="Store"/>.</summary>
    public sealed record BitSequence(int Store, int Order) : TypeDefinition;
}
