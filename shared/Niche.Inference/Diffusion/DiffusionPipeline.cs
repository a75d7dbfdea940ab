using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Latent diffusion (Rombach et al., 2022) over a folder in the diffusers ONNX layout: Stable Diffusion 1 and 2, SDXL, SD3, latent consistency
/// models and Flux, from words or from another picture. Noise comes from the generator that the model names, so the same request gives the
/// same latents on every machine. Safe to call from many threads.
/// </summary>
public sealed class DiffusionPipeline : IDisposable
{
    private readonly PipelineParts _parts;
    private readonly PipelineAbilities _abilities;
    private readonly DenoiserForm _form;
    private readonly DiffusionOptions _options;
    private readonly TimeProvider _time;
    private volatile LatentPreview? _preview;

    private DiffusionPipeline(PipelineParts parts, DiffusionOptions options, TimeProvider time) =>
        (_parts, _abilities, _form, _options, _time) = (parts, new PipelineAbilities(parts), DenoiserForm.Of(parts.Family), options, time);

    /// <summary>Pixels that come out along the side of one of a given picture: 1, or more for an upscaler.</summary>
    public int GivenScale => _parts.Upscaler is null ? 1 : Scale;

    private int Scale => _parts.Decoder.Config.Scale;

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
    public DiffusionResult Generate(DiffusionRequest request, IProgress<DiffusionProgress>? progress, CancellationToken cancellation) =>
        Generate([new DiffusionJob(request, progress, cancellation)])[0].Unwrap();

    /// <summary>
    /// Paints several pictures on the calling thread. Those that agree in size, steps, strength and whether they are guided share every run of the
    /// denoiser; prompts, seeds and guidance may differ. A picture that is stopped leaves between two steps and the others go on.
    /// </summary>
    /// <param name="jobs">The pictures.</param>
    /// <returns>What became of each, in the same order.</returns>
    public IReadOnlyList<DiffusionOutcome> Generate(IReadOnlyList<DiffusionJob> jobs)
    {
        foreach (var job in jobs) RequestCheck.Check(job.Request, Scale * (_form.Patches ? 2 : 1), GivenScale);
        using var stop = new SharedStop([.. jobs.Select(job => job.Cancellation)]);
        using var run = new CancellableRun(stop.Token);
        PaintedPicture[] pictures = [.. jobs.Select(job => new PaintedPicture(job, _time))];
        try
        {
            run.Do(options => Paint(pictures, options));
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            foreach (var picture in pictures) picture.Cancel();
        }
        finally
        {
            foreach (var picture in pictures) picture.Dispose();
        }
        return Array.ConvertAll(pictures, picture => picture.Outcome);
    }

    /// <summary>What it can do, in the words of <see cref="PipelineNames"/>.</summary>
    public IReadOnlyList<string> Pipelines => _abilities.Names;

    /// <summary>A request with all that the model can not do without, such as a picture to make larger, to measure it with.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public DiffusionRequest Example(int width, int height) => _abilities.Example(width, height);

    /// <summary>Paints one step of whatever it paints, because first runs are slow.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="cancellation">Stops between steps and inside a step.</param>
    public RgbImage WarmUp(int width, int height, CancellationToken cancellation) => Generate(_abilities.Trial(width, height), null, cancellation).Image;

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    private bool Paint(PaintedPicture[] pictures, RunOptions options)
    {
        Denoise(pictures, options);
        var lost = pictures.Where(picture => picture is { Over: false, Finite: false }).ToArray();
        foreach (var picture in lost) picture.Try(() => StartAgain(picture));
        Denoise([.. lost.Where(picture => picture.Again)], options);
        foreach (var picture in pictures) picture.Try(() => picture.Finish((one, clock) => Decode(one, clock, options)));
        return true;
    }

    private void Denoise(PaintedPicture[] pictures, RunOptions options)
    {
        foreach (var picture in pictures) picture.Try(() => Prepare(picture, options));
        foreach (var alike in pictures.Where(picture => !picture.Over).GroupBy(picture => picture.Form)) DenoiseAlike([.. alike], options);
        foreach (var picture in pictures) picture.Try(() => HandOver(picture, options));
        foreach (var alike in pictures.Where(picture => picture is { Over: false, Refined: true }).GroupBy(picture => picture.Form)) DenoiseAlike([.. alike], options);
    }

    private void StartAgain(PaintedPicture picture)
    {
        if (_parts.Precise is not null) picture.StartAgain();
    }

    private void Prepare(PaintedPicture picture, RunOptions options)
    {
        _abilities.Require(picture.Request);
        picture.Prepare(_parts, Shape(picture), options);
    }

    private void HandOver(PaintedPicture picture, RunOptions options)
    {
        if (picture is { Finite: true, Request.RefineFrom: not null } && picture.Last < picture.Scheduler.Timesteps.Length) picture.HandOver(_parts.Refiner!, options);
    }

    private void DenoiseAlike(PaintedPicture[] pictures, RunOptions options)
    {
        var (clock, start) = (new RunClock(_time), _time.GetTimestamp());
        Denoise([.. pictures], pictures[0].First, _options.SequentialGuidance, clock, options);
        foreach (var picture in pictures) picture.Denoised(_time.GetElapsedTime(start), clock.Elapsed);
    }

    private void Denoise(List<PaintedPicture> pictures, int first, bool sequential, RunClock clock, RunOptions options)
    {
        var (latent, total, bound) = (pictures[0].Latents.Length, pictures[0].Last, 0);
        Func<PaintedPicture, int, int, RunClock, RgbImage?> preview = (picture, done, of, own) => Preview(picture, done, of, own, options);
        GuidedDenoiser? denoiser = null;
        try
        {
            for (var i = first; i < total; i++)
            {
                pictures.RemoveAll(static picture => picture.Leaves());
                if (pictures.Count == 0) return;
                ReadOnlySpan<float> predictions;
                try
                {
                    if (bound != pictures.Count)
                    {
                        denoiser?.Dispose();
                        (denoiser, bound) = (Bind(pictures, sequential, options), pictures.Count);
                    }
                    predictions = denoiser!.Predict(i, clock, options);
                }
                catch (Exception e) when (MemoryShortage.Is(e))
                {
                    // Before the step has changed anything: smaller pieces go on from here.
                    denoiser?.Dispose();
                    denoiser = null;
                    DenoiseLess(pictures, i, sequential, clock, options, e);
                    return;
                }
                for (var j = 0; j < pictures.Count; j++) pictures[j].Step(i, predictions.Slice(j * latent, latent), preview);
            }
        }
        finally
        {
            denoiser?.Dispose();
        }
    }

    // Half of the pictures and then the other half; of one picture, the negative prompt and then the prompt.
    private void DenoiseLess(List<PaintedPicture> pictures, int first, bool sequential, RunClock clock, RunOptions options, Exception shortage)
    {
        var half = pictures.Count / 2;
        if (half > 0)
        {
            Denoise(pictures[..half], first, sequential, clock, options);
            Denoise(pictures[half..], first, sequential, clock, options);
        }
        else if (!sequential && pictures[0].Conditioning.Rows > 1) Denoise(pictures, first, sequential: true, clock, options);
        else pictures[0].Fail(MemoryShortage.Error(shortage));
    }

    private GuidedDenoiser Bind(List<PaintedPicture> pictures, bool sequential, RunOptions options)
    {
        var (first, shape, precise) = (pictures[0], Shape(pictures[0]), pictures[0].Again ? _parts.Precise : null);
        var graph = first.Refined ? precise?.Refiner ?? _parts.Refiner!.Denoiser : precise?.Denoiser ?? _parts.Denoiser;
        var control = first.Refined ? null : precise?.Control ?? _parts.Control;
        return GuidedDenoiser.Create([.. pictures], sequential, rows => new Denoiser(graph, _form, rows, shape, pictures, control?.Bind(graph, rows, shape, pictures, options)));
    }

    private long[] Shape(PaintedPicture picture) => [_parts.Decoder.Config.Channels, picture.Request.Height / Scale, picture.Request.Width / Scale];

    private RgbImage Decode(PaintedPicture picture, RunClock clock, RunOptions options)
    {
        var image = Decode(picture, clock, options, _parts.Decoder);
        _preview ??= LatentPreview.Fit(picture.Latents, Shape(picture), image);
        return picture.Request is { Image: { } given, Mask: { } mask } ? Compose(image, given, mask) : image;
    }

    private RgbImage Decode(PaintedPicture picture, RunClock clock, RunOptions options, VaeDecoder decoder)
    {
        try
        {
            return decoder.Decode(picture.Latents, Shape(picture), _options.TileLatents, clock, options);
        }
        catch (InferenceException e) when (e.Code == VaeDecoder.NotFinite)
        {
            if (_parts.PreciseDecoder is not { } precise || decoder == precise) throw;
            picture.Recover();
            return Decode(picture, clock, options, precise);
        }
    }

    private RgbImage? Preview(PaintedPicture picture, int done, int total, RunClock clock, RunOptions options)
    {
        var request = picture.Request;
        if (request.PreviewEvery <= 0 || done % request.PreviewEvery != 0 || done == total) return null;
        if (!picture.Finite) return null;
        return _preview?.Paint(picture.Latents, Shape(picture), request.Width, request.Height) ?? Decode(picture, clock, options, _parts.Decoder);
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
