using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Niche.Bittensor.Scale;

/// <summary>
/// Reads SCALE from bytes of a stranger: every length is checked against what is left before anything is allocated, compact integers must be
/// in their shortest form. All failures are <see cref="ScaleFormatException"/> with the byte offset.
/// </summary>
public ref struct ScaleReader(ReadOnlySpan<byte> data)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>The bytes between two positions, both already read.</summary>
    public readonly ReadOnlySpan<byte> Between(int start, int end) => _data[start..end];

    /// <summary>The next <paramref name="count"/> bytes, not copied.</summary>
    public ReadOnlySpan<byte> ReadFixed(long count)
    {
        if (count < 0 || count > Remaining) throw Fail($"{Remaining} bytes are left", $"{count} bytes");
        var slice = _data.Slice(Position, (int)count);
        Position += (int)count;
        return slice;
    }

    /// <summary>u8.</summary>
    public byte ReadByte() => ReadFixed(1)[0];

    /// <summary>bool, 0 or 1.</summary>
    public bool ReadBool() => ReadFlag("a bool, 0 or 1");

    /// <summary>The flag of an Option: true when a value follows.</summary>
    public bool ReadOption() => ReadFlag("an Option, 0 or 1");

    /// <summary>u16, little-endian.</summary>
    public ushort ReadU16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadFixed(2));

    /// <summary>u32, little-endian.</summary>
    public uint ReadU32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadFixed(4));

    /// <summary>u64, little-endian.</summary>
    public ulong ReadU64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadFixed(8));

    /// <summary>u128, little-endian.</summary>
    public UInt128 ReadU128() => BinaryPrimitives.ReadUInt128LittleEndian(ReadFixed(16));

    /// <summary>An integer of the given width in bytes, little-endian.</summary>
    public BigInteger ReadInteger(int bytes, bool isSigned) => new(ReadFixed(bytes), isUnsigned: !isSigned);

    /// <summary>A compact integer of at most 536 bits.</summary>
    public BigInteger ReadCompact()
    {
        var at = Position;
        var first = ReadByte();
        switch (first & 3)
        {
            case 0: return first >> 2;
            case 1: return Shortest((uint)(first | (ReadByte() << 8)) >> 2, 1 << 6, at);
            case 2:
                var rest = ReadFixed(3);
                return Shortest((uint)(first | (rest[0] << 8) | (rest[1] << 16) | (rest[2] << 24)) >> 2, 1 << 14, at);
            default:
                var bytes = ReadFixed((first >> 2) + 4);
                if (bytes[^1] == 0 || (bytes.Length == 4 && bytes[3] < 0x40)) throw Fail("a compact integer in a longer form than it needs", "the shortest form", at);
                return new BigInteger(bytes, isUnsigned: true);
        }
    }

    /// <summary>A compact integer that fits the given number of bits.</summary>
    public BigInteger ReadCompact(int bits)
    {
        var at = Position;
        var value = ReadCompact();
        return value.GetBitLength() <= bits ? value : throw Fail($"the compact integer {Shown(value)}", $"at most {bits} bits", at);
    }

    /// <summary>A compact u32.</summary>
    public uint ReadCompactU32() => (uint)ReadCompact(32);

    /// <summary>A compact u64.</summary>
    public ulong ReadCompactU64() => (ulong)ReadCompact(64);

    /// <summary>
    /// The length of a list whose items take at least <paramref name="itemBytes"/> bytes each (1 or more): never more than what is left can hold.
    /// </summary>
    public int ReadLength(long itemBytes = 1)
    {
        var at = Position;
        var count = ReadCompactU32();
        var most = Remaining / Math.Max(1, itemBytes);
        return count <= most ? (int)count : throw Fail($"a list of {count} items", $"at most {most}, for {Remaining} bytes are left", at);
    }

    /// <summary>Vec&lt;u8&gt;, not copied.</summary>
    public ReadOnlySpan<byte> ReadBytes() => ReadFixed(ReadLength());

    /// <summary>str: UTF-8, checked.</summary>
    public string ReadText()
    {
        var at = Position;
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException)
        {
            throw Fail("text that is not UTF-8", "UTF-8", at);
        }
    }

    /// <summary>Throws unless everything was read.</summary>
    public readonly void ExpectEnd()
    {
        if (Remaining > 0) throw Fail($"{Remaining} bytes more than the value has", "the end");
    }

    /// <summary>The exception for this place, to throw.</summary>
    public readonly ScaleFormatException Fail(string what, string expected) => Fail(what, expected, Position);

    /// <summary>The exception for a place, to throw.</summary>
    public readonly ScaleFormatException Fail(string what, string expected, int position) =>
        new(string.Create(CultureInfo.InvariantCulture, $"byte {position} of {_data.Length}"), what, expected);

    private static string Shown(BigInteger value) => value.GetBitLength() > 128 ? "of more than 128 bits" : value.ToString(CultureInfo.InvariantCulture);

    private bool ReadFlag(string expected)
    {
        var value = ReadByte();
        return value <= 1 ? value == 1 : throw Fail($"the byte {value}", expected, Position - 1);
    }

    private readonly uint Shortest(uint value, uint least, int at) =>
        value >= least ? value : throw Fail("a compact integer in a longer form than it needs", "the shortest form", at);
}
