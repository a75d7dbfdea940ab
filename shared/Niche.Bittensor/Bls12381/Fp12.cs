using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>c0 + c1·w with w² = v: the field that pairings fall into.</summary>
[SkipLocalsInit]
internal readonly struct Fp12(in Fp6 c0, in Fp6 c1)
{
    /// <summary>Length of <see cref="WriteLittleEndian"/>.</summary>
    public const int ByteLength = 576;

    public readonly Fp6 C0 = c0, C1 = c1;

    public static Fp12 One => new(new(Fp2.One, Fp2.Zero, Fp2.Zero), default);

    public static Fp12 operator *(in Fp12 a, in Fp12 b)
    {
        var low = a.C0 * b.C0;
        var high = a.C1 * b.C1;
        return new(low + high.TimesV(), ((a.C0 + a.C1) * (b.C0 + b.C1)) - low - high);
    }

    public Fp12 Square()
    {
        var cross = C0 * C1;
        return new(((C0 + C1) * (C0 + C1.TimesV())) - cross - cross.TimesV(), cross + cross);
    }

    /// <summary>The product with the line (b0 + b1·v) + b4·v·w.</summary>
    public Fp12 TimesLine(in Fp2 b0, in Fp2 b1, in Fp2 b4)
    {
        var low = C0.TimesSparse(b0, b1);
        var high = C1.TimesSparse(b4);
        return new(low + high.TimesV(), (C0 + C1).TimesSparse(b0, b1 + b4) - low - high);
    }

    /// <summary>c0 - c1·w: the p⁶-th power, and the inverse of what a final exponentiation gives.</summary>
    public Fp12 Conjugate() => new(C0, -C1);

    public Fp12 Inverse()
    {
        var scale = ((C0 * C0) - (C1 * C1).TimesV()).Inverse();
        return new(C0 * scale, -(C1 * scale));
    }

    public bool IsOne() => (C0 - One.C0).ZeroMask() != 0 && C1.ZeroMask() != 0;

    /// <summary>c0 before c1, in each c0 c1 c2, in each c0 c1, in each 48 bytes with the lowest first: as arkworks writes it.</summary>
    public void WriteLittleEndian(Span<byte> bytes)
    {
        Write(C0, bytes);
        Write(C1, bytes[(ByteLength / 2)..]);

        static void Write(in Fp6 half, Span<byte> to)
        {
            half.C0.C0.WriteLittleEndian(to);
            half.C0.C1.WriteLittleEndian(to[48..]);
            half.C1.C0.WriteLittleEndian(to[96..]);
            half.C1.C1.WriteLittleEndian(to[144..]);
            half.C2.C0.WriteLittleEndian(to[192..]);
            half.C2.C1.WriteLittleEndian(to[240..]);
        }
    }
}
