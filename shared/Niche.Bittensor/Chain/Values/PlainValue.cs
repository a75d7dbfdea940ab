using System.Collections;
using System.Globalization;
using System.Numerics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Values;

/// <summary>Reads what callers hand over as integers, bytes, lists, fields and variants.</summary>
internal static class PlainValue
{
    private const int MaxDigits = 160;

    /// <summary>An integer of any type, or decimal text; null for anything else.</summary>
    public static BigInteger? Integer(object? value) => value switch
    {
        ushort number => number,
        int number => number,
        byte or sbyte or short or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number,
        BigInteger number => number,
        UInt128 number => number,
        Int128 number => number,
        ScaleValue.Number number => number.Value,
        ScaleValue.Composite { Fields: [{ Value: ScaleValue.Number number }] } => number.Value,
        string { Length: <= MaxDigits } text when BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Bytes, or 0x text; null for anything else.</summary>
    public static ReadOnlyMemory<byte>? Bytes(object? value)
    {
        switch (value)
        {
            case byte[] bytes: return bytes;
            case ReadOnlyMemory<byte> bytes: return bytes;
            case Memory<byte> bytes: return bytes;
            case ScaleValue.Bytes bytes: return bytes.Value;
            case ScaleValue.Account account: return account.PublicKey;
            case string text when text.StartsWith("0x", StringComparison.Ordinal) && text.Length % 2 == 0:
                var read = new byte[(text.Length / 2) - 1];
                if (TryHex(text, read)) return read;
                return null;
            default: return null;
        }
    }

    /// <summary>0x and exactly as many bytes as the destination has.</summary>
    public static bool TryHex(string text, Span<byte> destination) =>
        text.StartsWith("0x", StringComparison.Ordinal) && text.Length == (destination.Length * 2) + 2
        && Convert.FromHexString(text.AsSpan(2), destination, out _, out _) == System.Buffers.OperationStatus.Done;

    /// <summary>The items of any list; null for anything else.</summary>
    public static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        ScaleValue.Sequence sequence => sequence.Items,
        string or IDictionary or IReadOnlyDictionary<string, object?> => null,
        ReadOnlyMemory<byte> bytes => [.. bytes.ToArray().Cast<object?>()],
        IReadOnlyList<object?> list => list,
        IEnumerable sequence => [.. sequence.Cast<object?>()],
        _ => null,
    };

    /// <summary>Fields by name; null when the value has none.</summary>
    public static IReadOnlyDictionary<string, object?>? Fields(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> dictionary => dictionary,
        ScaleValue.Composite composite => composite.Fields.ToDictionary(field => field.Key, field => (object?)field.Value, StringComparer.Ordinal),
        _ => null,
    };

    public static bool HasField(object? value, string? name) => name is not null && value switch
    {
        IReadOnlyDictionary<string, object?> dictionary => dictionary.ContainsKey(name),
        ScaleValue.Composite composite => composite.Find(name) is not null,
        _ => false,
    };

    /// <summary>A variant's name and fields; null when the value names none. A bare address or key is the Id of a MultiAddress.</summary>
    public static (string Name, object? Fields)? VariantOf(TypeInfo type, object? value) => value switch
    {
        ScaleValue.Variant variant => (variant.Name, variant.Fields),
        ScaleValue.Account account when type.Name == "MultiAddress" => ("Id", account),
        string address when type.Name == "MultiAddress" && Ss58.TryDecode(address, stackalloc byte[32], out _) => ("Id", address),
        byte[] { Length: 32 } key when type.Name == "MultiAddress" => ("Id", key),
        string name => (name, Array.Empty<object?>()),
        Enum name => (name.ToString(), Array.Empty<object?>()),
        KeyValuePair<string, object?> pair => (pair.Key, pair.Value),
        IReadOnlyDictionary<string, object?> { Count: 1 } pair => (pair.First().Key, pair.First().Value),
        _ => null,
    };

    public static ScaleFormatException Mismatch(object? value, string expected, string where) => new(where, Shown(value), expected);

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => $"\"{NearestNames.Shown(text)}\"",
        BigInteger number when number.GetBitLength() > 256 => "an integer of more than 256 bits",
        ScaleValue.Number integer => Shown(integer.Value),
        IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.GetType().Name,
    };
}
