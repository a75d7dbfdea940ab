using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Reads what metadata says about extrinsics, which each version says in its own way.</summary>
internal static class ExtrinsicFormReader
{
    public static ExtrinsicInfo Read(ref ScaleReader reader, TypeRegistry types, byte version) => version switch
    {
        14 => V14(ref reader, types),
        15 => V15(ref reader, types),
        _ => V16(ref reader, types),
    };

    private static ExtrinsicInfo V14(ref ScaleReader reader, TypeRegistry types)
    {
        var type = MetadataReader.TypeId(ref reader, types);
        var format = reader.ReadByte();
        var extensions = Extensions(ref reader, types);
        return Form([format], Parameter(types[type], "Address"), Parameter(types[type], "Signature"), extensions);
    }

    private static ExtrinsicInfo V15(ref ScaleReader reader, TypeRegistry types)
    {
        var format = reader.ReadByte();
        var address = MetadataReader.TypeId(ref reader, types);
        _ = MetadataReader.TypeId(ref reader, types);
        var signature = MetadataReader.TypeId(ref reader, types);
        _ = MetadataReader.TypeId(ref reader, types);
        return Form([format], address, signature, Extensions(ref reader, types));
    }

    private static ExtrinsicInfo V16(ref ScaleReader reader, TypeRegistry types)
    {
        var formats = reader.ReadBytes().ToArray();
        var address = MetadataReader.TypeId(ref reader, types);
        _ = MetadataReader.TypeId(ref reader, types);
        var signature = MetadataReader.TypeId(ref reader, types);
        var byVersion = new Dictionary<byte, int[]>();
        for (var left = reader.ReadLength(2); left > 0; left--)
        {
            var extensionVersion = reader.ReadByte();
            var places = new int[reader.ReadLength()];
            for (var i = 0; i < places.Length; i++) places[i] = TypeReader.Id(ref reader);
            if (!byVersion.TryAdd(extensionVersion, places)) throw reader.Fail($"extension version {extensionVersion} a second time", "distinct versions");
        }

        var all = Extensions(ref reader, types);
        var chosen = new Dictionary<byte, IReadOnlyList<ExtensionInfo>>();
        foreach (var (extensionVersion, places) in byVersion)
        {
            var bad = Array.FindIndex(places, place => place >= all.Length);
            if (bad >= 0) throw reader.Fail($"transaction extension {places[bad]}", $"one of {all.Length}");
            chosen[extensionVersion] = Array.ConvertAll(places, place => all[place]);
        }

        // Signed extrinsics in the old format always mean extension version 0.
        return new ExtrinsicInfo(formats, address, signature, chosen.GetValueOrDefault((byte)0) ?? all, chosen);
    }

    private static ExtrinsicInfo Form(byte[] formats, int? address, int? signature, ExtensionInfo[] extensions) =>
        new(formats, address, signature, extensions, new Dictionary<byte, IReadOnlyList<ExtensionInfo>> { [0] = extensions });

    private static ExtensionInfo[] Extensions(ref ScaleReader reader, TypeRegistry types)
    {
        var extensions = new ExtensionInfo[reader.ReadLength(3)];
        for (var i = 0; i < extensions.Length; i++)
        {
            var identifier = reader.ReadText();
            var extra = MetadataReader.TypeId(ref reader, types);
            extensions[i] = new ExtensionInfo(identifier, extra, MetadataReader.TypeId(ref reader, types));
        }

        return extensions;
    }

    private static int? Parameter(TypeInfo type, string name) => type.Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;
}
