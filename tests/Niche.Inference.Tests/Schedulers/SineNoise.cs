using Niche.Inference.Random;

namespace Niche.Inference.Tests.Schedulers;

/// <summary>The noise of the recorded trajectories: the k-th draw is a sine of its own phase.</summary>
internal sealed class SineNoise(int first) : INoiseSource
{
    private int _next = first;

    public static float[] Of(int length, int k)
    {
        var noise = new float[length];
        Fill(noise, k);
        return noise;
    }

    public void Fill(Span<float> noise) => Fill(noise, _next++);

    private static void Fill(Span<float> noise, int k)
    {
        for (var i = 0; i < noise.Length; i++) noise[i] = (float)(Math.Sin((0.7 * i) + (1.3 * k) + 0.5) * 1.4142135);
    }
}
