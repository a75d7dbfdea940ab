using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Timelock;

/// <summary>What a timelocked weight commit says, SCALE-encoded under the lock.</summary>
/// <param name="Hotkey">The committer's public key, 32 bytes; empty in the legacy form, which carries none.</param>
/// <param name="Uids">Whom it weighs.</param>
/// <param name="Values">One u16 per uid.</param>
/// <param name="VersionKey">The subnet's version key.</param>
public sealed record WeightsPayload(ReadOnlyMemory<byte> Hotkey, IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values, ulong VersionKey)
{
    /// <summary>Bytes of a hotkey.</summary>
    public const int HotkeyBytes = 32;

    /// <summary>The bytes that are locked.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or the hotkey has neither 32 bytes nor none.</exception>
    public byte[] Encode()
    {
        if (Uids.Count != Values.Count) throw new ArgumentException($"{Uids.Count} uids but {Values.Count} values.");
        if (Hotkey.Length is not (0 or HotkeyBytes)) throw new ArgumentException($"A hotkey has {HotkeyBytes} bytes, not {Hotkey.Length}.");
        ScaleWriter writer = new();
        if (Hotkey.Length > 0) writer.WriteBytes(Hotkey.Span);
        Write(writer, Uids);
        Write(writer, Values);
        return writer.WriteU64(VersionKey).ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; the form must be known, the bytes do not tell it.</summary>
    /// <exception cref="ScaleFormatException">The bytes are not of that form.</exception>
    public static WeightsPayload Decode(ReadOnlySpan<byte> bytes, bool withHotkey)
    {
        ScaleReader reader = new(bytes);
        ReadOnlyMemory<byte> hotkey = withHotkey ? reader.ReadBytes().ToArray() : default;
        if (withHotkey && hotkey.Length != HotkeyBytes) throw reader.Fail($"a hotkey of {hotkey.Length} bytes", $"{HotkeyBytes} bytes");
        var uids = Read(ref reader);
        var values = Read(ref reader);
        if (uids.Length != values.Length) throw reader.Fail($"{uids.Length} uids and {values.Length} values", "as many of each");
        var versionKey = reader.ReadU64();
        reader.ExpectEnd();
        return new(hotkey, uids, values, versionKey);
    }

    private static void Write(ScaleWriter writer, IReadOnlyList<ushort> list)
    {
        writer.WriteCompact((ulong)list.Count);
        foreach (var item in list) writer.WriteU16(item);
    }

    private static ushort[] Read(ref ScaleReader reader)
    {
        var list = new ushort[reader.ReadLength(sizeof(ushort))];
        for (var i = 0; i < list.Length; i++) list[i] = reader.ReadU16();
        return list;
    }
}
