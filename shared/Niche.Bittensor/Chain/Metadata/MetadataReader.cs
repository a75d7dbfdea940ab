using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Reads a whole metadata blob: types, pallets, extrinsic, then what its version has beyond that.</summary>
internal static class MetadataReader
{
    public static RuntimeMetadata Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ScaleReader(bytes);
        if (bytes.Length < 5 || !reader.ReadFixed(4).SequenceEqual("meta"u8)) throw reader.Fail("no metadata", "\"meta\" and a version", 0);
        var version = reader.ReadByte();
        if (version is < 14 or > 16) throw reader.Fail($"metadata version {version}", "14, 15 or 16", 4);
        var types = TypeReader.Read(ref reader);
        var pallets = PalletReader.Read(ref reader, types, version);
        var extrinsic = ExtrinsicFormReader.Read(ref reader, types, version);
        if (version < 16) _ = TypeId(ref reader, types);
        IReadOnlyList<RuntimeApiMethod> methods = [];
        if (version >= 15)
        {
            methods = Apis(ref reader, types, version);
            for (var i = 0; i < 3; i++) _ = TypeId(ref reader, types);
            SkipCustom(ref reader, types);
        }

        reader.ExpectEnd();
        Distinct("pallet names", pallets.Select(pallet => pallet.Name));
        Distinct("pallet indexes", pallets.Select(pallet => pallet.Index));
        Distinct("runtime APIs", methods.Select(method => method.CallName));
        return new RuntimeMetadata(version, types, pallets, extrinsic, methods);
    }

    public static int TypeId(ref ScaleReader reader, TypeRegistry types)
    {
        var at = reader.Position;
        var id = TypeReader.Id(ref reader);
        return id < types.Count ? id : throw reader.Fail($"type id {id}", $"an id below {types.Count}", at);
    }

    public static KeyValuePair<string, int>[] Inputs(ref ScaleReader reader, TypeRegistry types)
    {
        var inputs = new KeyValuePair<string, int>[reader.ReadLength(2)];
        for (var i = 0; i < inputs.Length; i++)
        {
            var name = reader.ReadText();
            inputs[i] = new(name, TypeId(ref reader, types));
        }

        return inputs;
    }

    private static List<RuntimeApiMethod> Apis(ref ScaleReader reader, TypeRegistry types, byte version)
    {
        var methods = new List<RuntimeApiMethod>();
        for (var left = reader.ReadLength(3); left > 0; left--)
        {
            var api = reader.ReadText();
            for (var more = reader.ReadLength(4); more > 0; more--)
            {
                var name = reader.ReadText();
                var inputs = Inputs(ref reader, types);
                var output = TypeId(ref reader, types);
                methods.Add(new RuntimeApiMethod(api, name, inputs, output, TypeReader.Texts(ref reader)));
                if (version >= 16) DeprecationReader.SkipItem(ref reader);
            }

            _ = TypeReader.Texts(ref reader);
            if (version < 16) continue;
            _ = reader.ReadCompactU32();
            DeprecationReader.SkipItem(ref reader);
        }

        return methods;
    }

    private static void SkipCustom(ref ScaleReader reader, TypeRegistry types)
    {
        for (var left = reader.ReadLength(3); left > 0; left--)
        {
            _ = reader.ReadText();
            _ = TypeId(ref reader, types);
            _ = reader.ReadBytes();
        }
    }

    private static void Distinct<T>(string what, IEnumerable<T> all)
    {
        var seen = new HashSet<T>();
        foreach (var one in all)
            if (!seen.Add(one)) throw new ScaleFormatException(what, $"{one} occurs twice", "distinct ones");
    }
}
