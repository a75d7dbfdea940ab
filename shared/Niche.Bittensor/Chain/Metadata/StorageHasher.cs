namespace Niche.Bittensor.Chain.Metadata;

/// <summary>How a part of a storage key is hashed, numbered as metadata numbers it.</summary>
public enum StorageHasher
{
    /// <summary>16 bytes of BLAKE2b.</summary>
    Blake2128,

    /// <summary>32 bytes of BLAKE2b.</summary>
    Blake2256,

    /// <summary>16 bytes of BLAKE2b, then the key itself.</summary>
    Blake2128Concat,

    /// <summary>16 bytes of xxHash64.</summary>
    Twox128,

    /// <summary>32 bytes of xxHash64.</summary>
    Twox256,

    /// <summary>8 bytes of xxHash64, then the key itself.</summary>
    Twox64Concat,

    /// <summary>The key itself.</summary>
    Identity,
}
