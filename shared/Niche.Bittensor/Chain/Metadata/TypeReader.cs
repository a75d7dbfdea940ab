using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Reads the type registry.</summary>
internal static class TypeReader
{
    public static TypeRegistry Read(ref ScaleReader reader)
    {
        var types = new TypeInfo[reader.ReadLength(5)];
        for (var i = 0; i < types.Length; i++)
        {
            var at = reader.Position;
            var id = reader.ReadCompactU32();
            if (id != (uint)i) throw reader.Fail($"type id {id}", $"{i}, for ids count upwards", at);
            types[i] = new TypeInfo(i, Texts(ref reader), Parameters(ref reader), Definition(ref reader), Texts(ref reader));
        }

        return new TypeRegistry(types);
    }

    public static int Id(ref ScaleReader reader)
    {
        var at = reader.Position;
        var id = reader.ReadCompactU32();
        return id <= int.MaxValue ? (int)id : throw reader.Fail($"type id {id}", "an id in the registry", at);
    }

    public static string[] Texts(ref ScaleReader reader)
    {
        var texts = new string[reader.ReadLength()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadText();
        return texts;
    }

    private static KeyValuePair<string, int?>[] Parameters(ref ScaleReader reader)
    {
        var parameters = new KeyValuePair<string, int?>[reader.ReadLength(2)];
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = reader.ReadText();
            parameters[i] = new(name, reader.ReadOption() ? Id(ref reader) : null);
        }

        return parameters;
    }

    private static TypeDefinition Definition(ref ScaleReader reader)
    {
        var tag = reader.ReadByte();
        switch (tag)
        {
            case 0: return new TypeDefinition.Composite(Fields(ref reader));
            case 1: return Variants(ref reader);
            case 2: return new TypeDefinition.Sequence(Id(ref reader));
            case 3:
                var length = reader.ReadU32();
                return new TypeDefinition.Array(length, Id(ref reader));
            case 4:
                var items = new int[reader.ReadLength()];
                for (var i = 0; i < items.Length; i++) items[i] = Id(ref reader);
                return new TypeDefinition.Tuple(items);
            case 5:
                var kind = reader.ReadByte();
                return kind <= (byte)PrimitiveKind.I256
                    ? new TypeDefinition.Primitive((PrimitiveKind)kind)
                    : throw reader.Fail($"primitive {kind}", "0 to 14", reader.Position - 1);
            case 6: return new TypeDefinition.Compact(Id(ref reader));
            case 7:
                var store = Id(ref reader);
                return new TypeDefinition.BitSequence(store, Id(ref reader));
            default: throw reader.Fail($"type tag {tag}", "0 to 7", reader.Position - 1);
        }
    }

    private static TypeDefinition.Variant Variants(ref ScaleReader reader)
    {
        var variants = new TypeVariant[reader.ReadLength(4)];
        var indexes = new HashSet<byte>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < variants.Length; i++)
        {
            var name = reader.ReadText();
            var fields = Fields(ref reader);
            var index = reader.ReadByte();
            if (!indexes.Add(index) || !names.Add(name)) throw reader.Fail($"the variant {NearestNames.Shown(name)} = {index} a second time", "distinct variants");
            variants[i] = new TypeVariant(name, index, fields, Texts(ref reader));
        }

        return new TypeDefinition.Variant(variants);
    }

    private static TypeField[] Fields(ref ScaleReader reader)
    {
        var fields = new TypeField[reader.ReadLength(4)];
        for (var i = 0; i < fields.Length; i++)
        {
            var name = reader.ReadOption() ? reader.ReadText() : null;
            var type = Id(ref reader);
            fields[i] = new TypeField(name, type, reader.ReadOption() ? reader.ReadText() : null);
            _ = Texts(ref reader);
        }

        return fields;
    }
}
