using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Latent diffusion from text (Rombach et al., 2022) over a folder in the diffusers ONNX layout. The first latents come from
/// the generator that the model names, so the same request gives the same latents on every machine. Safe to call from many threads.
/// </summary>
public sealed class DiffusionPipeline : IDisposable
{
    private const int LatentScale = 8;
    private const int Channels = 4;

    // A scheduler is made once while loading, so that a configuration that can not be honoured is told before the first picture.
    private const int TrialSteps = 20;
    private readonly TextConditioner _text;
    private readonly OnnxGraph _unet;
    private readonly VaeDecoder _vae;
    private readonly SchedulerConfig _scheduler;
    private readonly NoiseKind _noise;
    private readonly TimeProvider _time;

    private DiffusionPipeline(TextConditioner text, OnnxGraph unet, VaeDecoder vae, SchedulerConfig scheduler, NoiseKind noise, TimeProvider time) =>
        (_text, _unet, _vae, _scheduler, _noise, _time) = (text, unet, vae, scheduler, noise, time);

    /// <summary>Loads the three graphs, side by side, with tokenizer and scheduler.</summary>
    /// <param name="folder">A verified image model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static async Task<DiffusionPipeline> LoadAsync(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        var scheduler = ReadScheduler(folder);
        var text = Task.Run(() => TextConditioner.Load(folder, settings));
        var unet = Task.Run(() => Denoiser.Load(folder, settings));
        var vae = Task.Run(() => VaeDecoder.Load(folder, settings));
        return new DiffusionPipeline(await text, await unet, await vae, scheduler, folder.Manifest.Noise, time);
    }

    /// <summary>Paints a picture. Works on the calling thread.</summary>
    /// <param name="request">What to paint; the caller has checked it against the model's manifest.</param>
    /// <param name="progress">Called after each step.</param>
    /// <param name="cancellation">Stops between steps and inside a step.</param>
    /// <exception cref="InferenceException">The model produced numbers that are not finite.</exception>
    /// <exception cref="OperationCanceledException">The caller stopped it.</exception>
    public DiffusionResult Generate(DiffusionRequest request, IProgress<DiffusionProgress>? progress, CancellationToken cancellation)
    {
        Check(request);
        using var run = new CancellableRun(cancellation);
        return run.Do(options => Paint(request, progress, options, cancellation));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _unet.Dispose();
        _vae.Dispose();
    }

    private static void Check(DiffusionRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Steps, 1, nameof(request));
        if (request.Width < LatentScale || request.Height < LatentScale || request.Width % LatentScale != 0
            || request.Height % LatentScale != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(request),
                $"{request.Width} x {request.Height}: sides must be multiples of {LatentScale}.");
        }
    }

    private static SchedulerConfig ReadScheduler(ModelFolder folder)
    {
        const string File = "scheduler/scheduler_config.json";
        try
        {
            var config = SchedulerConfig.Parse(folder.ReadJson(File));
            SchedulerCatalogue.Create(config, folder.Manifest.Steps?.Default ?? TrialSteps);
            return config;
        }
        catch (FormatException e)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(File), e.Message, e);
        }
    }

    private DiffusionResult Paint(DiffusionRequest request, IProgress<DiffusionProgress>? progress, RunOptions options,
        CancellationToken cancellation)
    {
        var clock = new RunClock(_time);
        var start = _time.GetTimestamp();
        var rows = request.Guidance > 1 ? 2 : 1;
        using var states = rows == 2
            ? _text.Encode([request.NegativePrompt, request.Prompt], clock, options)
            : _text.Encode([request.Prompt], clock, options);
        var encoded = _time.GetTimestamp();

        long[] shape = [Channels, request.Height / LatentScale, request.Width / LatentScale];
        using var denoiser = new Denoiser(_unet, states, rows, shape, (float)request.Guidance);
        var latents = new float[shape[0] * shape[1] * shape[2]];
        Denoise(request, denoiser, latents, shape, progress, clock, options, cancellation);
        var denoised = _time.GetTimestamp();

        var image = _vae.Decode(latents, shape, clock, options);
        var timings = new DiffusionTimings(
            _time.GetElapsedTime(start, encoded), _time.GetElapsedTime(encoded, denoised), _time.GetElapsedTime(denoised), clock.Elapsed);
        return new DiffusionResult(image, latents, timings);
    }

    private void Denoise(
        DiffusionRequest request, Denoiser denoiser, float[] latents, long[] shape,
        IProgress<DiffusionProgress>? progress, RunClock clock, RunOptions options, CancellationToken cancellation)
    {
        var scheduler = SchedulerCatalogue.Create(_scheduler, request.Steps);
        var noise = NoiseSources.Create(_noise, request.Seed);
        noise.Fill(latents);
        TensorPrimitives.Multiply(latents, scheduler.InitialNoiseSigma, latents);
        var total = scheduler.Timesteps.Length;
        for (var i = 0; i < total; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            scheduler.Step(i, denoiser.Predict(scheduler, i, latents, clock, options), latents, noise);
            if (progress is null) continue;
            var show = request.PreviewEvery > 0 && (i + 1) % request.PreviewEvery == 0 && i + 1 < total;
            progress.Report(new DiffusionProgress(i + 1, total, show ? _vae.Decode(latents, shape, clock, options) : null));
        }
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(latents)))
        {
            throw new InferenceException("latents_not_finite",
                "The denoiser produced numbers that are not finite; try a lower guidance or another precision.");
        }
    }
}
