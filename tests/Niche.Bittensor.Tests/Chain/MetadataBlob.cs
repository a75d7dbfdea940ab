using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.Chain;

/// <summary>Writes metadata v14 with types of one's own choice and nothing else, to be hostile with.</summary>
public static class MetadataBlob
{
    /// <summary>The definition of each type, as encoded: tag and what follows.</summary>
    public static byte[] Of(params byte[][] definitions) => Of(definitions.Length, definitions);

    /// <summary>With another number of types announced than there are.</summary>
    public static byte[] Of(int announced, byte[][] definitions)
    {
        var writer = new ScaleWriter().WriteFixed("meta"u8).WriteByte(14).WriteCompact((ulong)announced);
        for (var i = 0; i < definitions.Length; i++)
            writer.WriteCompact((ulong)i).WriteByte(0).WriteByte(0).WriteFixed(definitions[i]).WriteByte(0);

        // No pallets; extrinsic type 0, format 4, no extensions; runtime type 0.
        return writer.WriteByte(0).WriteByte(0).WriteByte(4).WriteByte(0).WriteByte(0).ToArray();
    }

    public static byte[] Tuple(params int[] items) => Ids(4, items);

    public static byte[] Struct(params int[] fields)
    {
        var writer = new ScaleWriter().WriteByte(0).WriteCompact((ulong)fields.Length);
        foreach (var field in fields) writer.WriteByte(0).WriteCompact((ulong)field).WriteByte(0).WriteByte(0);
        return writer.ToArray();
    }

    public static byte[] Vec(int item) => new ScaleWriter().WriteByte(2).WriteCompact((ulong)item).ToArray();

    public static byte[] Array(uint length, int item) => new ScaleWriter().WriteByte(3).WriteU32(length).WriteCompact((ulong)item).ToArray();

    public static byte[] U8 => [5, 3];

    private static byte[] Ids(byte tag, int[] items)
    {
        var writer = new ScaleWriter().WriteByte(tag).WriteCompact((ulong)items.Length);
        foreach (var item in items) writer.WriteCompact((ulong)item);
        return writer.ToArray();
    }
}
