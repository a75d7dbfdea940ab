namespace Niche.Bittensor.Chain.Metadata;

internal static class PrimitiveKindExtensions
{
    /// <summary>Width in bytes; 1 for str, whose length takes at least that.</summary>
    public static int Bytes(this PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Bool or PrimitiveKind.Str or PrimitiveKind.U8 or PrimitiveKind.I8 => 1,
        PrimitiveKind.U16 or PrimitiveKind.I16 => 2,
        PrimitiveKind.Character or PrimitiveKind.U32 or PrimitiveKind.I32 => 4,
        PrimitiveKind.U64 or PrimitiveKind.I64 => 8,
        PrimitiveKind.U128 or PrimitiveKind.I128 => 16,
        _ => 32,
    };

    public static bool IsSigned(this PrimitiveKind kind) => kind >= PrimitiveKind.I8;

    public static bool IsInteger(this PrimitiveKind kind) => kind >= PrimitiveKind.U8;
}
