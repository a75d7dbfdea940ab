namespace Niche.Bittensor.Bls12381;

/// <summary>A field that one of the two groups lives over: <see cref="Fp"/> under G1, <see cref="Fp2"/> under G2.</summary>
internal interface ICurveField<T>
    where T : struct, ICurveField<T>
{
    /// <summary>0.</summary>
    static abstract T Zero { get; }

    /// <summary>1.</summary>
    static abstract T One { get; }

    /// <summary>The constant b of the curve y² = x³ + b over this field.</summary>
    static abstract T CurveB { get; }

    /// <summary>Length of an encoded element.</summary>
    static abstract int ByteLength { get; }

    static abstract T operator +(in T a, in T b);

    static abstract T operator -(in T a, in T b);

    static abstract T operator *(in T a, in T b);

    static abstract T operator -(in T a);

    /// <summary>The first where the mask is all ones, the second where it is zero, without a branch.</summary>
    static abstract T Select(ulong mask, in T first, in T second);

    /// <summary>Reads big-endian bytes, highest coefficient first; false when a coefficient is not below p.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bytes, out T value);

    /// <summary>Writes what <see cref="TryRead"/> reads.</summary>
    void Write(Span<byte> bytes);

    /// <summary>The square.</summary>
    T Square();

    /// <summary>The product with 3b.</summary>
    T TimesThreeB();

    /// <summary>The inverse; 0 for 0.</summary>
    T Inverse();

    /// <summary>A square root; false when there is none. Takes longer for some values than for others.</summary>
    bool TrySqrt(out T root);

    /// <summary>All ones when this is zero, else zero.</summary>
    ulong ZeroMask();

    /// <summary>True when this is greater than its negative in the order of the encoding.</summary>
    bool IsLarge();
}
