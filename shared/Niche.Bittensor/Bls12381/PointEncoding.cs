namespace Niche.Bittensor.Bls12381;

/// <summary>
/// Compressed points: big-endian x of which the three highest bits say compressed (always set), infinity, and that y is the larger root.
/// 48 bytes in G1, 96 in G2.
/// </summary>
internal static class PointEncoding
{
    private const byte Compressed = 0x80, Infinity = 0x40, Larger = 0x20, Flags = Compressed | Infinity | Larger;

    /// <summary>
    /// Reads a point. False unless the length is right, the encoding is the only one of its point, the point lies on the curve and in the
    /// group of prime order. The point at infinity is a point: a caller that does not want it must say so.
    /// </summary>
    public static bool TryDecode<TField>(ReadOnlySpan<byte> bytes, out CurvePoint<TField> point)
        where TField : struct, ICurveField<TField>
    {
        point = CurvePoint<TField>.Identity;
        if (bytes.Length != TField.ByteLength) return false;
        var flags = bytes[0] & Flags;
        if ((flags & Compressed) == 0) return false;
        if ((flags & Infinity) != 0) return bytes[0] == (Compressed | Infinity) && !bytes[1..].ContainsAnyExcept((byte)0);

        Span<byte> plain = stackalloc byte[TField.ByteLength];
        bytes.CopyTo(plain);
        plain[0] = (byte)(plain[0] & ~Flags);
        if (!TField.TryRead(plain, out var x) || !((x.Square() * x) + TField.CurveB).TrySqrt(out var y)) return false;
        point = new(x, y.IsLarge() == ((flags & Larger) != 0) ? y : -y, TField.One);
        return point.IsInSubgroup();
    }

    /// <summary>Writes a point into exactly the bytes that <see cref="TryDecode"/> reads.</summary>
    public static void Encode<TField>(in CurvePoint<TField> point, Span<byte> bytes)
        where TField : struct, ICurveField<TField>
    {
        var (x, y) = point.ToAffine();
        x.Write(bytes);
        bytes[0] |= (byte)(Compressed | (point.IsIdentity ? Infinity : 0) | (y.IsLarge() ? Larger : 0));
    }
}
