using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Values;

/// <summary>Bit sequences: a compact number of bits, then whole store units, little-endian; Lsb0 or Msb0 within each unit.</summary>
internal static class BitSequences
{
    public static bool[] Read(ref ScaleReader reader, TypeRegistry types, TypeDefinition.BitSequence type)
    {
        var (unit, highFirst) = Form(types, type);
        var at = reader.Position;
        var count = reader.ReadCompactU32();
        var bytes = ((long)count + (unit * 8) - 1) / (unit * 8) * unit;
        if (bytes > reader.Remaining) throw reader.Fail($"{count} bits", $"at most {(long)reader.Remaining * 8}", at);
        var data = reader.ReadFixed(bytes);
        var bits = new bool[count];
        for (var i = 0; i < bits.Length; i++) bits[i] = (data[Place(i, unit, highFirst, out var mask)] & mask) != 0;
        return bits;
    }

    public static void Write(ScaleWriter writer, TypeRegistry types, TypeDefinition.BitSequence type, IReadOnlyList<bool> bits)
    {
        var (unit, highFirst) = Form(types, type);
        var data = new byte[(bits.Count + (unit * 8) - 1) / (unit * 8) * unit];
        for (var i = 0; i < bits.Count; i++)
            if (bits[i]) data[Place(i, unit, highFirst, out var mask)] |= mask;
        writer.WriteCompact((ulong)bits.Count).WriteFixed(data);
    }

    private static int Place(int bit, int unit, bool highFirst, out byte mask)
    {
        var within = bit % (unit * 8);
        if (highFirst) within = (unit * 8) - 1 - within;
        mask = (byte)(1 << (within % 8));
        return (bit / (unit * 8) * unit) + (within / 8);
    }

    private static (int Unit, bool HighFirst) Form(TypeRegistry types, TypeDefinition.BitSequence type)
    {
        if (types[type.Store].Definition is not TypeDefinition.Primitive { Kind: >= PrimitiveKind.U8 and <= PrimitiveKind.U64 } store)
            throw new ScaleFormatException($"type {type.Store}", $"bits stored in {types.NameOf(type.Store)}", "u8 to u64");
        return types[type.Order].Name switch
        {
            "Lsb0" => (store.Kind.Bytes(), false),
            "Msb0" => (store.Kind.Bytes(), true),
            _ => throw new ScaleFormatException($"type {type.Order}", $"the bit order {types.NameOf(type.Order)}", "Lsb0 or Msb0"),
        };
    }
}
