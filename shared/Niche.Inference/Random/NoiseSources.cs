namespace Niche.Inference.Random;

/// <summary>Makes the noise of a run.</summary>
public static class NoiseSources
{
    /// <summary>A fresh stream.</summary>
    /// <param name="kind">Generator.</param>
    /// <param name="seed">Seed, 0 to 2^32 - 1.</param>
    public static INoiseSource Create(NoiseKind kind, uint seed) =>
        kind == NoiseKind.TorchCpu ? new TorchCpuNoise(seed) : new TorchCudaNoise(seed);
}
