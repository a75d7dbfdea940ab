using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Values;

/// <summary>What stands behind a compact type.</summary>
internal static class CompactType
{
    /// <summary>Width in bits of the integer in a compact type, looked for through structs of one field.</summary>
    /// <exception cref="ScaleFormatException">There is no unsigned integer in it.</exception>
    public static int Bits(TypeRegistry types, int inner)
    {
        var id = inner;
        for (var hops = 0; hops < 16; hops++)
        {
            switch (types[id].Definition)
            {
                case TypeDefinition.Primitive { Kind: var kind } when kind.IsInteger() && !kind.IsSigned(): return kind.Bytes() * 8;
                case TypeDefinition.Composite { Fields: [var only] }:
                    id = only.Type;
                    continue;
                case TypeDefinition.Tuple { Items: [var only] }:
                    id = only;
                    continue;
            }

            break;
        }

        throw new ScaleFormatException($"type {inner}", $"Compact<{types.NameOf(inner)}>", "an unsigned integer or a struct around one");
    }
}
