using System.Buffers.Binary;

namespace Niche.Bittensor.Timelock;

/// <summary>
/// What a timelocked message looks like on the wire (all lengths u64 little-endian): U (96 bytes), 32, V, 32, W, length of the body, body,
/// 8, <c>AES_GCM_</c>; the body is length of the sealed text, sealed text with its tag, 12, nonce.
/// </summary>
public sealed class TimelockCiphertext
{
    /// <summary>Bytes around a message of no bytes.</summary>
    public const int Overhead = PointBytes + 8 + KeyBytes + 8 + KeyBytes + 8 + 8 + TagBytes + 8 + NonceBytes + 8 + 8;

    internal const int PointBytes = 96, KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    // U, V and W with the lengths before them.
    private const int HeadBytes = PointBytes + 8 + KeyBytes + 8 + KeyBytes;

    internal TimelockCiphertext(byte[] point, byte[] v, byte[] w, byte[] sealedText, byte[] nonce) =>
        (Point, V, W, Sealed, Nonce) = (point, v, w, sealedText, nonce);

    /// <summary>The length of the locked message.</summary>
    public int MessageLength => Sealed.Length - TagBytes;

    internal byte[] Point { get; }

    internal byte[] V { get; }

    internal byte[] W { get; }

    // AES-256-GCM text with its tag.
    internal byte[] Sealed { get; }

    internal byte[] Nonce { get; }

    private static ReadOnlySpan<byte> Suite => "AES_GCM_"u8;

    /// <summary>Takes the bytes apart. Their lengths are checked here, the point when the message is unlocked.</summary>
    /// <exception cref="TimelockException">The bytes are not of this form.</exception>
    public static TimelockCiphertext Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Overhead) throw new TimelockException($"A timelocked message has at least {Overhead} bytes; this has {bytes.Length}.");
        var rest = bytes;
        var point = Take(ref rest, PointBytes);
        var v = TakeWithLength(ref rest, KeyBytes, "V");
        var w = TakeWithLength(ref rest, KeyBytes, "W");
        var sealedLength = bytes.Length - Overhead + TagBytes;
        Expect(ref rest, (ulong)(8 + sealedLength + 8 + NonceBytes), "the body");
        var text = TakeWithLength(ref rest, sealedLength, "the sealed text");
        var nonce = TakeWithLength(ref rest, NonceBytes, "the nonce");
        var suite = TakeWithLength(ref rest, Suite.Length, "the cipher's name");
        return suite.AsSpan().SequenceEqual(Suite)
            ? new(point, v, w, text, nonce)
            : throw new TimelockException("A timelocked message ends with the name of its cipher, AES_GCM_.");
    }

    /// <summary>The bytes that <see cref="Parse"/> reads.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Overhead + MessageLength];
        var rest = bytes.AsSpan();
        Put(ref rest, Point);
        PutWithLength(ref rest, V);
        PutWithLength(ref rest, W);
        PutNumber(ref rest, 8 + Sealed.Length + 8 + NonceBytes);
        PutWithLength(ref rest, Sealed);
        PutWithLength(ref rest, Nonce);
        PutWithLength(ref rest, Suite);
        return bytes;
    }

    private static byte[] Take(ref ReadOnlySpan<byte> rest, int length)
    {
        var part = rest[..length].ToArray();
        rest = rest[length..];
        return part;
    }

    // The whole length is checked first, so that every part with its right length is there.
    private static byte[] TakeWithLength(ref ReadOnlySpan<byte> rest, int length, string what)
    {
        Expect(ref rest, (ulong)length, what);
        return Take(ref rest, length);
    }

    private static void Expect(ref ReadOnlySpan<byte> rest, ulong length, string what)
    {
        var found = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        if (found != length) throw new TimelockException($"In a timelocked message of this size {what} has {length} bytes; it says {found}.");
        rest = rest[8..];
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> part)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    private static void PutWithLength(ref Span<byte> rest, ReadOnlySpan<byte> part)
    {
        PutNumber(ref rest, part.Length);
        Put(ref rest, part);
    }

    private static void PutNumber(ref Span<byte> rest, int number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(rest, (ulong)number);
        rest = rest[8..];
    }
}
