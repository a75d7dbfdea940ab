using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>A picture that a run starts from: its latents, the noise that is mixed into them, and where they stay as they are.</summary>
internal sealed class GivenPicture
{
    private readonly float[] _latents;
    private readonly float[] _noise;
    private readonly bool[]? _painted;
    private readonly float[] _kept;

    private GivenPicture(float[] latents, float[] noise, bool[]? painted) =>
        (_latents, _noise, _painted, _kept) = (latents, noise, painted, new float[painted is null ? 0 : latents.Length]);

    /// <summary>Prepares the picture; one draw of noise serves the whole run.</summary>
    /// <param name="latents">Its latents, unit variance.</param>
    /// <param name="request">Carries the mask.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    /// <param name="noise">The run's noise.</param>
    public static GivenPicture Of(float[] latents, DiffusionRequest request, ReadOnlySpan<long> shape, INoiseSource noise)
    {
        var fresh = new float[latents.Length];
        noise.Fill(fresh);
        return new GivenPicture(latents, fresh, request.Mask is { } mask ? Shrink(mask, request.Width, shape) : null);
    }

    /// <summary>The latents that a run begins with.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="index">Where it begins.</param>
    public float[] Start(IScheduler scheduler, int index)
    {
        if (_painted is not null && index == 0) return Array.ConvertAll(_noise, value => value * scheduler.InitialNoiseSigma);
        var start = (float[])_latents.Clone();
        scheduler.AddNoise(index, _noise, start);
        return start;
    }

    /// <summary>Puts back, with the noise of the coming step, what must not change.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="next">The coming step; the number of steps after the last.</param>
    /// <param name="latents">Latents after a step.</param>
    public void Keep(IScheduler scheduler, int next, Span<float> latents)
    {
        if (_painted is null) return;
        _latents.CopyTo(_kept, 0);
        if (next < scheduler.Timesteps.Length) scheduler.AddNoise(next, _noise, _kept);
        for (var i = 0; i < latents.Length; i++)
        {
            if (!_painted[i % _painted.Length]) latents[i] = _kept[i];
        }
    }

    // The nearest pixel of the mask speaks for a place of the latents.
    internal static bool[] Shrink(ReadOnlySpan<byte> mask, int width, ReadOnlySpan<long> shape)
    {
        var (rows, columns) = ((int)shape[1], (int)shape[2]);
        var scale = width / columns;
        var painted = new bool[rows * columns];
        for (var i = 0; i < painted.Length; i++) painted[i] = mask[(i / columns * scale * width) + (i % columns * scale)] > 127;
        return painted;
    }
}
