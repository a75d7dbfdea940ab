namespace Niche.Bittensor.Bls12381;

/// <summary>
/// The isogeny of degree 11 from the curve of <see cref="SimplifiedSwu"/> to that of G1, by Kohel's formula from the polynomial h whose roots
/// are the x of its kernel: with f = x³ + Ax + B and g = h'/h, X = 11x - 2s - 2f'g - 4fg' (s the sum of the roots), Y = yX', then X/11² and
/// Y/11³. It is the map that RFC 9380 (E.2) writes out as quotients of polynomials.
/// </summary>
internal static class ElevenIsogeny
{
    // h = x⁵ + ..., the constant first.
    private static readonly Fp[] Kernel =
    [
        SimplifiedSwu.Constant("133341FB0962A34CB0504A9C4FADA0A5090D38679B4C040D5D1C3AFB023A3409FCC0815FEA66D8B02BBEF9C8B5A66E07"),
        SimplifiedSwu.Constant("0264908AF037BCEDE00D054CF5D4775E83EB6CF63C76B969F8ED174FB59FCFF78D201F46F6CFC4ED6552E59CE75177B0"),
        SimplifiedSwu.Constant("1335C502C1F54C49ACEEA65E87FD7203BA0F626F305FC0CFD606A5DAE9F3C8E81A4B3B69600129FABD307C69BF319D39"),
        SimplifiedSwu.Constant("094440F65F408A6E930E16E3E92DD17BF60D6E9679A8D3D58593DE55AC23703042D609537EB3549AAC234D896CA82944"),
        SimplifiedSwu.Constant("04AFE09D5CF4956A23B6B71F59D2B3407B415A774B7BE81BBB6FA99CBC798E0AC98BA725A5BC328016B1C268B4766E85"),
        Fp.One,
    ];

    private static readonly Fp Eleven = Fp.FromSmall(11);
    private static readonly Fp Eleventh = Eleven.Inverse();

    /// <summary>The image of a point; the identity for a point of the kernel.</summary>
    public static CurvePoint<Fp> Map((Fp X, Fp Y) point)
    {
        var (x, y) = point;
        // Horner's rule, together with the derivatives: h'' comes halved, h''' as a sixth.
        Fp h = default, h1 = default, h2 = default, h3 = default;
        for (var i = Kernel.Length - 1; i >= 0; i--)
        {
            h3 = (h3 * x) + h2;
            h2 = (h2 * x) + h1;
            h1 = (h1 * x) + h;
            h = (h * x) + Kernel[i];
        }

        if (h.ZeroMask() != 0) return CurvePoint<Fp>.Identity;
        var inverse = h.Inverse();
        var second = (h2 + h2) * inverse;
        var g = h1 * inverse;
        var g1 = second - g.Square();
        var g2 = (Times(h3, 6) * inverse) - (second * g) - Times(g * g1, 2);
        var f = SimplifiedSwu.Cubic(x);
        var f1 = Times(x.Square(), 3) + SimplifiedSwu.A;
        var image = (Eleven * x) + Times(Kernel[4], 2) - Times(f1 * g, 2) - Times(f * g1, 4);
        var slope = Eleven - Times(x * g, 12) - Times(f1 * g1, 6) - Times(f * g2, 4);
        var square = Eleventh.Square();
        return new(image * square, y * slope * square * Eleventh, Fp.One);
    }

    private static Fp Times(in Fp a, ulong factor) => a * Fp.FromSmall(factor);
}
