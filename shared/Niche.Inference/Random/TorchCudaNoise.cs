namespace Niche.Inference.Random;

/// <summary>
/// <c>torch.manual_seed(seed)</c> followed by <c>torch.randn</c> on CUDA: element i of draw k is the first Box-Muller number of the Philox
/// block at counter (k, 0, i, 0). Torch does the same on every card whose grid holds a draw at once (a latent up to about 160,000 elements);
/// here larger draws go on in the same way. Logarithm and sine are taken in double precision and rounded once.
/// </summary>
public sealed class TorchCudaNoise : INoiseSource
{
    private const double Inverse = 1.0 / (1ul << 32);
    private readonly ulong _seed;
    private uint _draw;

    /// <summary>Creates the generator.</summary>
    /// <param name="seed">Seed.</param>
    public TorchCudaNoise(ulong seed) => _seed = seed;

    /// <inheritdoc/>
    public void Fill(Span<float> noise)
    {
        for (var i = 0; i < noise.Length; i++)
        {
            var (x, y, _, _) = Philox4x32.Block((_draw, 0, (uint)i, 0), _seed);
            // Half a step up, so that the logarithm never sees zero.
            var radius = Math.Sqrt(-2 * Math.Log((x + 0.5) * Inverse));
            noise[i] = (float)(radius * Math.Sin(2 * Math.PI * (y + 0.5) * Inverse));
        }
        _draw++;
    }
}
