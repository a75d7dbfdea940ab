namespace Niche.Inference.Random;

/// <summary>
/// The counter-based generator Philox4x32-10 of Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (2011): 128 random bits for every
/// counter and key, each on its own.
/// </summary>
public static class Philox4x32
{
    private const int Rounds = 10;
    private const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57;
    private const uint W0 = 0x9E3779B9, W1 = 0xBB67AE85;

    /// <summary>The block of a counter.</summary>
    /// <param name="counter">Counter, lowest word first.</param>
    /// <param name="key">Key; low word first in the paper's notation.</param>
    public static (uint X, uint Y, uint Z, uint W) Block((uint X, uint Y, uint Z, uint W) counter, ulong key)
    {
        var (x, y, z, w) = counter;
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b) = ((ulong)M0 * x, (ulong)M1 * z);
            (x, y, z, w) = ((uint)(b >> 32) ^ y ^ k0, (uint)b, (uint)(a >> 32) ^ w ^ k1, (uint)a);
            k0 += W0;
            k1 += W1;
        }
        return (x, y, z, w);
    }
}
