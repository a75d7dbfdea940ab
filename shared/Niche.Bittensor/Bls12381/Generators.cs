namespace Niche.Bittensor.Bls12381;

/// <summary>The standard generators of the two groups.</summary>
internal static class Generators
{
    public static CurvePoint<Fp> G1 { get; } = Read<Fp>("97F1D3A73197D7942695638C4FA9AC0FC3688C4F9774B905A14E3A3F171BAC586C55E83FF97A1AEFFB3AF00ADB22C6BB");

    public static CurvePoint<Fp2> G2 { get; } = Read<Fp2>(
        "93E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E" +
        "024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8");

    private static CurvePoint<TField> Read<TField>(string hex)
        where TField : struct, ICurveField<TField> =>
        PointEncoding.TryDecode<TField>(Convert.FromHexString(hex), out var point)
            ? point
            : throw new InvalidOperationException("A generator of BLS12-381 was mistyped.");
}
