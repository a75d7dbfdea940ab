using System.Globalization;
using System.Text.Json;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>Reads the few shapes that nodes answer with; null when it is another shape.</summary>
internal static class RpcAnswer
{
    /// <summary>A text, or null when there is none or it can not be held.</summary>
    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair.
        }
    }

    /// <summary>0x and 64 hexadecimal digits, in lower case.</summary>
    public static string? Hash(JsonElement element) => Bytes(element) is { Length: 32 } bytes ? Hex(bytes) : null;

    /// <summary>Bytes from 0x text.</summary>
    public static byte[]? Bytes(JsonElement element) => Bytes(Text(element));

    /// <summary>Bytes from 0x text.</summary>
    public static byte[]? Bytes(string? text)
    {
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0) return null;
        var bytes = new byte[(text.Length - 2) / 2];
        return Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    /// <summary>0x text of bytes.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>A block number as nodes write it: 0x text, at most 32 bits.</summary>
    public static uint? BlockNumber(JsonElement element) =>
        Text(element) is { Length: > 2 and <= 10 } text && text.StartsWith("0x", StringComparison.Ordinal)
        && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A JSON number that fits into 32 bits.</summary>
    public static uint? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetUInt32(out var number) ? number : null;

    /// <summary>The partialFee of payment_queryInfo: decimal or 0x text, or a number.</summary>
    /// <exception cref="FormatException">There is none that fits into 64 bits.</exception>
    public static ulong Fee(JsonElement info)
    {
        if (Property(info, "partialFee") is not { } fee) throw new FormatException("no fee");
        if (fee.ValueKind == JsonValueKind.Number && fee.TryGetUInt64(out var number)) return number;
        var text = Text(fee) ?? "";
        var (digits, style) = text.StartsWith("0x", StringComparison.Ordinal) ? (text[2..], NumberStyles.AllowHexSpecifier) : (text, NumberStyles.None);
        return ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out number) ? number : throw new FormatException("a fee that is no number");
    }

    /// <summary>A property of an object.</summary>
    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
