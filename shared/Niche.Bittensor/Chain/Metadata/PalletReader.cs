using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Reads the pallets of v14, v15 and v16.</summary>
internal static class PalletReader
{
    public static IReadOnlyList<PalletInfo> Read(ref ScaleReader reader, TypeRegistry types, byte version)
    {
        var pallets = new PalletInfo[reader.ReadLength(7)];
        for (var i = 0; i < pallets.Length; i++) pallets[i] = ReadOne(ref reader, types, version);
        return pallets;
    }

    private static PalletInfo ReadOne(ref ScaleReader reader, TypeRegistry types, byte version)
    {
        var name = reader.ReadText();
        var storage = reader.ReadOption() ? Storage(ref reader, types, name, version) : [];
        var calls = Enum(ref reader, types, version);
        var events = Enum(ref reader, types, version);
        var constants = Constants(ref reader, types, version);
        var errors = Enum(ref reader, types, version);
        if (version >= 16) SkipAssociatedTypesAndViews(ref reader, types);
        var index = reader.ReadByte();
        if (version >= 15) _ = TypeReader.Texts(ref reader);
        if (version >= 16) DeprecationReader.SkipItem(ref reader);
        return new PalletInfo(name, index, calls, events, errors, storage, constants);
    }

    private static IReadOnlyList<TypeVariant> Enum(ref ScaleReader reader, TypeRegistry types, byte version)
    {
        if (!reader.ReadOption()) return [];
        var at = reader.Position;
        var id = MetadataReader.TypeId(ref reader, types);
        if (types[id].Definition is not TypeDefinition.Variant variant) throw reader.Fail($"{types.NameOf(id)} as an enum of a pallet", "a type with variants", at);
        if (version >= 16) DeprecationReader.SkipEnum(ref reader);
        return variant.Variants;
    }

    private static StorageEntry[] Storage(ref ScaleReader reader, TypeRegistry types, string pallet, byte version)
    {
        var prefix = reader.ReadText();
        var entries = new StorageEntry[reader.ReadLength(6)];
        for (var i = 0; i < entries.Length; i++) entries[i] = Entry(ref reader, types, pallet, prefix, version);
        return entries;
    }

    private static StorageEntry Entry(ref ScaleReader reader, TypeRegistry types, string pallet, string prefix, byte version)
    {
        var name = reader.ReadText();
        var modifier = reader.ReadByte();
        if (modifier > 1) throw reader.Fail($"storage modifier {modifier}", "0 or 1", reader.Position - 1);
        var kind = reader.ReadByte();
        if (kind > 1) throw reader.Fail($"storage kind {kind}", "0 plain or 1 map", reader.Position - 1);
        StorageHasher[] hashers = [];
        IReadOnlyList<int> keys = [];
        if (kind == 1)
        {
            hashers = Hashers(ref reader);
            var at = reader.Position;
            var key = MetadataReader.TypeId(ref reader, types);
            keys = hashers.Length == 1 ? [key] : types[key].Definition is TypeDefinition.Tuple tuple ? tuple.Items : [];
            if (keys.Count != hashers.Length) throw reader.Fail($"{hashers.Length} hashers for the key {types.NameOf(key)}", "one for each part of the key", at);
        }

        var value = MetadataReader.TypeId(ref reader, types);
        var fallback = reader.ReadBytes().ToArray();
        var docs = TypeReader.Texts(ref reader);
        if (version >= 16) DeprecationReader.SkipItem(ref reader);
        return new StorageEntry(pallet, prefix, name, hashers, keys, value, modifier == 0, fallback, docs);
    }

    private static StorageHasher[] Hashers(ref ScaleReader reader)
    {
        var bytes = reader.ReadBytes();
        var hashers = new StorageHasher[bytes.Length];
        for (var i = 0; i < hashers.Length; i++)
            hashers[i] = bytes[i] <= (byte)StorageHasher.Identity ? (StorageHasher)bytes[i] : throw reader.Fail($"hasher {bytes[i]}", "0 to 6");
        return hashers;
    }

    private static PalletConstant[] Constants(ref ScaleReader reader, TypeRegistry types, byte version)
    {
        var constants = new PalletConstant[reader.ReadLength(4)];
        for (var i = 0; i < constants.Length; i++)
        {
            var name = reader.ReadText();
            var type = MetadataReader.TypeId(ref reader, types);
            var value = reader.ReadBytes().ToArray();
            constants[i] = new PalletConstant(name, type, value, TypeReader.Texts(ref reader));
            if (version >= 16) DeprecationReader.SkipItem(ref reader);
        }

        return constants;
    }

    private static void SkipAssociatedTypesAndViews(ref ScaleReader reader, TypeRegistry types)
    {
        for (var left = reader.ReadLength(3); left > 0; left--)
        {
            _ = reader.ReadText();
            _ = MetadataReader.TypeId(ref reader, types);
            _ = TypeReader.Texts(ref reader);
        }

        for (var left = reader.ReadLength(36); left > 0; left--)
        {
            _ = reader.ReadFixed(32);
            _ = reader.ReadText();
            _ = MetadataReader.Inputs(ref reader, types);
            _ = MetadataReader.TypeId(ref reader, types);
            _ = TypeReader.Texts(ref reader);
            DeprecationReader.SkipItem(ref reader);
        }
    }
}
