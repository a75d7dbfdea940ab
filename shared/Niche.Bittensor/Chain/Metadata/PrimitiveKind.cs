namespace Niche.Bittensor.Chain.Metadata;

/// <summary>SCALE's primitive types, numbered as metadata numbers them.</summary>
public enum PrimitiveKind
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>A Unicode scalar value, 4 bytes.</summary>
    Character,

    /// <summary>UTF-8 with its length.</summary>
    Str,

    /// <summary>1 byte.</summary>
    U8,

    /// <summary>2 bytes.</summary>
    U16,

    /// <summary>4 bytes.</summary>
    U32,

    /// <summary>8 bytes.</summary>
    U64,

    /// <summary>16 bytes.</summary>
    U128,

    /// <summary>32 bytes.</summary>
    U256,

    /// <summary>1 byte, signed.</summary>
    I8,

    /// <summary>2 bytes, signed.</summary>
    I16,

    /// <summary>4 bytes, signed.</summary>
    I32,

    /// <summary>8 bytes, signed.</summary>
    I64,

    /// <summary>16 bytes, signed.</summary>
    I128,

    /// <summary>32 bytes, signed.</summary>
    I256,
}
