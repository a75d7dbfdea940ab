using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Latent diffusion (Rombach et al., 2022) over a folder in the diffusers ONNX layout: Stable Diffusion 1 and 2, SDXL, SD3, latent consistency
/// models and Flux, from words or from another picture. Noise comes from the generator that the model names, so the same request gives the
/// same latents on every machine. Safe to call from many threads.
/// </summary>
public sealed class DiffusionPipeline : IDisposable
{
    private const int LatentScale = 8;
    private readonly PipelineParts _parts;
    private readonly DenoiserForm _form;
    private readonly DiffusionOptions _options;
    private readonly TimeProvider _time;
    private volatile LatentPreview? _preview;

    private DiffusionPipeline(PipelineParts parts, DiffusionOptions options, TimeProvider time) =>
        (_parts, _form, _options, _time) = (parts, DenoiserForm.Of(parts.Family), options, time);

    /// <summary>Loads the graphs, side by side, with tokenizers and scheduler.</summary>
    /// <param name="folder">A verified image model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <param name="options">What to trade for memory.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static async Task<DiffusionPipeline> LoadAsync(ModelFolder folder, SessionSettings settings, TimeProvider time, DiffusionOptions? options = null) =>
        new(await PipelineParts.LoadAsync(folder, settings, time), options ?? new DiffusionOptions(), time);

    /// <summary>Paints a picture. Works on the calling thread.</summary>
    /// <param name="request">What to paint; the caller has checked it against the model's manifest.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Stops between steps and inside a step.</param>
    /// <exception cref="InferenceException">The model produced numbers that are not finite, or can not start from a picture.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public DiffusionResult Generate(DiffusionRequest request, IProgress<DiffusionProgress>? progress, CancellationToken cancellation)
    {
        RequestCheck.Check(request, LatentScale * (_form.Patches ? 2 : 1));
        using var run = new CancellableRun(cancellation);
        return run.Do(options => Paint(request, progress, options, cancellation));
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    private DiffusionResult Paint(DiffusionRequest request, IProgress<DiffusionProgress>? progress, RunOptions options,
        CancellationToken cancellation)
    {
        var clock = new RunClock(_time);
        var start = _time.GetTimestamp();
        long[] shape = [_parts.Decoder.Config.Channels, request.Height / LatentScale, request.Width / LatentScale];
        var conditioning = _parts.Conditioner.Encode(request, request.Guidance > 1, clock, options);
        var encoded = _time.GetTimestamp();

        var latents = Denoise(request, conditioning, shape, progress, clock, options, cancellation);
        var denoised = _time.GetTimestamp();

        var image = _parts.Decoder.Decode(latents, shape, _options.TileLatents, clock, options);
        _preview ??= LatentPreview.Fit(latents, shape, image);
        if (request is { Image: { } given, Mask: { } mask }) image = Compose(image, given, mask);
        var timings = new DiffusionTimings(
            _time.GetElapsedTime(start, encoded), _time.GetElapsedTime(encoded, denoised), _time.GetElapsedTime(denoised), clock.Elapsed);
        return new DiffusionResult(image, latents, timings);
    }

    private float[] Denoise(
        DiffusionRequest request, Conditioning conditioning, long[] shape,
        IProgress<DiffusionProgress>? progress, RunClock clock, RunOptions options, CancellationToken cancellation)
    {
        var latent = (int)(shape[0] * shape[1] * shape[2]);
        var extra = InpaintChannels.Of(_parts, _form, request, shape, clock, options);
        using var denoiser = GuidedDenoiser.Create(conditioning, _options.SequentialGuidance,
            rows => new Denoiser(_parts.Denoiser, _form, rows, shape, extra), request, latent);
        var scheduler = SchedulerCatalogue.Create(_parts.Scheduler, request.Steps, (int)(shape[1] * shape[2] / 4));
        var noise = NoiseSources.Create(_parts.Noise, request.Seed);
        var given = request.Image is null ? null : GivenPicture.Of(_parts.Encoder.EncodeScaled(request.Image, clock, options), request, shape, noise);
        var (latents, first) = Begin(request, scheduler, noise, given, latent);
        var total = scheduler.Timesteps.Length;
        for (var i = first; i < total; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            scheduler.Step(i, denoiser.Predict(scheduler, i, latents, clock, options), latents, noise);
            if (extra.Length == 0) given?.Keep(scheduler, i + 1, latents);
            progress?.Report(new DiffusionProgress(i + 1 - first, total - first, Preview(request, i + 1 - first, total - first, latents, shape, clock, options)));
        }
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(latents))) return latents;
        throw new InferenceException("latents_not_finite",
            "The denoiser produced numbers that are not finite; try a lower guidance or another precision.");
    }

    private static (float[] Latents, int First) Begin(DiffusionRequest request, IScheduler scheduler, INoiseSource noise, GivenPicture? given, int length)
    {
        if (given is not null)
        {
            var first = scheduler.IndexOf(request.Steps - Math.Clamp((int)(request.Steps * request.Strength), 1, request.Steps));
            return (given.Start(scheduler, first), first);
        }
        var latents = new float[length];
        noise.Fill(latents);
        TensorPrimitives.Multiply(latents, scheduler.InitialNoiseSigma, latents);
        return (latents, 0);
    }

    private RgbImage? Preview(DiffusionRequest request, int done, int total, float[] latents, long[] shape, RunClock clock, RunOptions options)
    {
        if (request.PreviewEvery <= 0 || done % request.PreviewEvery != 0 || done == total) return null;
        return _preview?.Paint(latents, shape, request.Width, request.Height) ?? _parts.Decoder.Decode(latents, shape, _options.TileLatents, clock, options);
    }

    // Encoding and decoding move every pixel a little: outside the mask the given one stays.
    private static RgbImage Compose(RgbImage painted, RgbImage given, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] <= 127) given.Pixels.AsSpan(3 * i, 3).CopyTo(painted.Pixels.AsSpan(3 * i));
        }
        return painted;
    }
}
