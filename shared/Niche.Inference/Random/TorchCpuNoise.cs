namespace Niche.Inference.Random;

/// <summary>
/// <c>torch.manual_seed(seed)</c> followed by <c>torch.randn</c> on the CPU. Draws of 16 and more are made in blocks of 16 by Box-Muller
/// over the
/// pairs (i, i + 8) from 24-bit uniforms; shorter draws one by one from 53-bit uniforms. Logarithm, sine and cosine are taken in double
/// precision
/// and rounded once, so that results do not hang on a machine's vector library.
/// </summary>
public sealed class TorchCpuNoise : INoiseSource
{
    private const int Block = 16;
    private readonly Mt19937 _bits;
    private double? _spare;

    /// <summary>Creates the generator.</summary>
    /// <param name="seed">Seed, 0 to 2^32 - 1.</param>
    public TorchCpuNoise(uint seed) => _bits = new Mt19937(seed);

    /// <inheritdoc/>
    public void Fill(Span<float> noise)
    {
        if (noise.Length < Block)
        {
            for (var i = 0; i < noise.Length; i++) noise[i] = (float)NextNormal();
            return;
        }
        for (var i = 0; i < noise.Length; i++) noise[i] = NextUniform();
        var end = noise.Length - Block;
        for (var i = 0; i <= end; i += Block) Transform(noise.Slice(i, Block));
        if (noise.Length % Block == 0) return;
        // Torch redraws the whole last block when the length is not a multiple of it.
        var tail = noise[end..];
        for (var i = 0; i < Block; i++) tail[i] = NextUniform();
        Transform(tail);
    }

    private static void Transform(Span<float> block)
    {
        for (var i = 0; i < Block / 2; i++)
        {
            var radius = Math.Sqrt(-2.0 * Math.Log(1.0f - block[i]));
            var angle = 2.0 * Math.PI * block[i + (Block / 2)];
            block[i] = (float)(radius * Math.Cos(angle));
            block[i + (Block / 2)] = (float)(radius * Math.Sin(angle));
        }
    }

    private float NextUniform() => (_bits.NextUInt32() & ((1u << 24) - 1)) * (1.0f / (1u << 24));

    private double NextNormal()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }
        var angle = 2.0 * Math.PI * _bits.NextDouble();
        var radius = Math.Sqrt(-2.0 * Math.Log(1.0 - _bits.NextDouble()));
        _spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }
}
