using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Niche.Bittensor.Scale;

/// <summary>Writes SCALE into one growing buffer. Not safe for concurrent use.</summary>
public sealed class ScaleWriter
{
    private const int MaxCompactBytes = 67;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Bytes written so far.</summary>
    public int Length => _buffer.WrittenCount;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    /// <summary>Bytes as they are, without a length.</summary>
    public ScaleWriter WriteFixed(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    /// <summary>u8.</summary>
    public ScaleWriter WriteByte(byte value) => WriteFixed([value]);

    /// <summary>bool, or the flag of an Option.</summary>
    public ScaleWriter WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>u16, little-endian.</summary>
    public ScaleWriter WriteU16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
        return this;
    }

    /// <summary>u32, little-endian.</summary>
    public ScaleWriter WriteU32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    /// <summary>u64, little-endian.</summary>
    public ScaleWriter WriteU64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    /// <summary>u128, little-endian.</summary>
    public ScaleWriter WriteU128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_buffer.GetSpan(16), value);
        _buffer.Advance(16);
        return this;
    }

    /// <summary>An integer of the given width in bytes, little-endian, two's complement when signed.</summary>
    /// <exception cref="ScaleFormatException">The value does not fit.</exception>
    public ScaleWriter WriteInteger(BigInteger value, int bytes, bool isSigned)
    {
        Span<byte> span = stackalloc byte[bytes];
        span.Fill(value.Sign < 0 ? (byte)0xFF : (byte)0);
        if ((!isSigned && value.Sign < 0) || !value.TryWriteBytes(span, out _, isUnsigned: !isSigned))
            throw new ScaleFormatException("integer", Shown(value), $"{(isSigned ? 'i' : 'u')}{bytes * 8}");
        return WriteFixed(span);
    }

    /// <summary>A compact integer of at most 536 bits, in its shortest form.</summary>
    /// <exception cref="ScaleFormatException">Negative or longer than 536 bits.</exception>
    public ScaleWriter WriteCompact(BigInteger value)
    {
        if (value.Sign < 0 || value.GetBitLength() > MaxCompactBytes * 8) throw new ScaleFormatException("compact", Shown(value), "0 to 2^536 - 1");
        if (value < 1 << 30) return WriteCompact((ulong)value);
        Span<byte> bytes = stackalloc byte[MaxCompactBytes];
        _ = value.TryWriteBytes(bytes, out var count, isUnsigned: true);
        return WriteByte((byte)(((count - 4) << 2) | 3)).WriteFixed(bytes[..count]);
    }

    /// <summary>A compact integer, in its shortest form.</summary>
    public ScaleWriter WriteCompact(ulong value) => value switch
    {
        < 1 << 6 => WriteByte((byte)(value << 2)),
        < 1 << 14 => WriteU16((ushort)((value << 2) | 1)),
        < 1 << 30 => WriteU32((uint)((value << 2) | 2)),
        _ => WriteCompact((BigInteger)value),
    };

    /// <summary>Vec&lt;u8&gt;: compact length, then the bytes.</summary>
    public ScaleWriter WriteBytes(ReadOnlySpan<byte> bytes) => WriteCompact((ulong)bytes.Length).WriteFixed(bytes);

    /// <summary>str: compact length in bytes, then UTF-8.</summary>
    public ScaleWriter WriteText(string text) => WriteBytes(Encoding.UTF8.GetBytes(text));

    private static string Shown(BigInteger value) =>
        value.GetBitLength() > 256 ? "an integer of more than 256 bits" : value.ToString(CultureInfo.InvariantCulture);
}
