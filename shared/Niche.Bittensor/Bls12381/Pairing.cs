namespace Niche.Bittensor.Bls12381;

/// <summary>The optimal ate pairing.</summary>
internal static class Pairing
{
    /// <summary>e(p, q). Both points must lie in their groups.</summary>
    public static Fp12 Compute(in CurvePoint<Fp> p, in CurvePoint<Fp2> q) => FinalExponentiation.Run(MillerLoop.Run(p, q));

    /// <summary>True when e(p1, q1) = e(p2, q2).</summary>
    public static bool AreEqual(in CurvePoint<Fp> p1, in CurvePoint<Fp2> q1, in CurvePoint<Fp> p2, in CurvePoint<Fp2> q2) =>
        FinalExponentiation.Run(MillerLoop.Run(-p1, q1) * MillerLoop.Run(p2, q2)).IsOne();
}
