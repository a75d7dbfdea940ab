using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// One picture while it is painted, alone or among others: its words, noise, scheduler and latents are its own, so that it comes out as it would
/// alone. Its failures end in it and not in the others.
/// </summary>
internal sealed class PaintedPicture(DiffusionJob job, TimeProvider time) : IDisposable
{
    private readonly RunClock _clock = new(time);
    private INoiseSource _noise = null!;
    private GivenPicture? _given;
    private int _begin;
    private bool _recovered;
    private object? _control;
    private TimeSpan _text;
    private TimeSpan _denoise;
    private TimeSpan _shared;
    private DiffusionResult? _result;
    private Exception? _error;

    public DiffusionRequest Request => job.Request;

    /// <summary>What the denoiser is told of it: the negative prompt's row first where it is guided.</summary>
    public Conditioning Conditioning { get; private set; } = null!;

    /// <summary>What the ControlNet sees of its control picture; empty where there is none.</summary>
    public float[] Shown { get; private set; } = [];

    /// <summary>Channels that follow its latents, such as an inpainting mask.</summary>
    public float[] Extra { get; private set; } = [];

    public IScheduler Scheduler { get; private set; } = null!;

    public float[] Latents { get; private set; } = [];

    /// <summary>Where it begins in the scheduler's timesteps.</summary>
    public int First { get; private set; }

    /// <summary>Where it stops in the scheduler's timesteps, or is handed over.</summary>
    public int Last { get; private set; }

    /// <summary>Whether the refiner has taken over.</summary>
    public bool Refined { get; private set; }

    /// <summary>Whether it is painted again in single precision.</summary>
    public bool Again { get; private set; }

    /// <summary>Whether its latents are numbers that can still become a picture.</summary>
    public bool Finite => float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(Latents));

    /// <summary>Pictures of an equal form can share every run of the denoiser.</summary>
    public object Form => (Request.Width, Request.Height, Request.Steps, First, Last, Refined, Extra.Length, Request.ImagePrompt?.Scale, _control, Conditioning.Form);

    public bool Over => _error is not null || _result is not null;

    public DiffusionOutcome Outcome => new(_result, _error);

    /// <summary>Encodes words and pictures, and lays out the first latents.</summary>
    public void Prepare(PipelineParts parts, ReadOnlySpan<long> shape, RunOptions options)
    {
        var start = time.GetTimestamp();
        Conditioning = parts.Conditioner.Encode(Request, Request.Guidance > 1, _clock, options);
        _control = parts.Control?.Shared(Request.Control);
        if (Request.Control is { } control) Shown = parts.Control!.See(control.Image, shape, (image, shifted) => parts.Encoder.EncodeScaled(image, _clock, options, shifted));
        parts.Adapter?.Add(Conditioning, Request.ImagePrompt, _clock, options);
        if (parts.Upscaler is not null) Conditioning.With(Upscaler.Label, Enumerable.Repeat((float)Request.NoiseLevel, Conditioning.Rows).ToArray(), Conditioning.Rows);
        var told = time.GetElapsedTime(start);
        Scheduler = SchedulerCatalogue.Create(parts.Scheduler, Request.Steps, (int)(shape[1] * shape[2] / 4));
        _noise = NoiseSources.Create(parts.Noise, Request.Seed);
        Extra = parts.Upscaler?.See(Request.Image!, Request.NoiseLevel, _noise) ?? InpaintChannels.Of(parts, Request, shape, _clock, options);
        _given = Request.Image is null || parts.Upscaler is not null ? null : GivenPicture.Of(parts.Encoder.EncodeScaled(Request.Image, _clock, options), Request, shape, _noise);
        Begin((int)(shape[0] * shape[1] * shape[2]));
        _begin = First;
        Last = Request.RefineFrom is { } part ? Math.Max(First, Refiner.TakesOver(Scheduler, parts.Scheduler, Request.Steps, part)) : Scheduler.Timesteps.Length;
        (_text, _denoise) = (_text + told, _denoise + time.GetElapsedTime(start) - told);
    }

    /// <summary>How much its control picture counts at a step.</summary>
    public float ControlScale(int index) => Request.Control is { } control && control.CountsAt(index - First, Last - First) ? (float)control.Scale : 0;

    /// <summary>Hands the latents over to the refiner, who reads the words anew.</summary>
    public void HandOver(Refiner refiner, RunOptions options)
    {
        var start = time.GetTimestamp();
        var conditioning = refiner.Conditioner.Encode(Request, Request.Guidance > 1, _clock, options);
        Conditioning.Dispose();
        Conditioning = conditioning;
        Scheduler = SchedulerCatalogue.Create(refiner.Scheduler, Request.Steps);
        (First, Last, Extra, Refined) = (Last, Scheduler.Timesteps.Length, [], true);
        _text += time.GetElapsedTime(start);
    }

    /// <summary>Goes back to the start, once.</summary>
    public void StartAgain()
    {
        Conditioning.Dispose();
        (Again, Refined, _recovered) = (true, false, true);
    }

    /// <summary>Notes that single precision had to help.</summary>
    public void Recover() => _recovered = true;

    /// <summary>Moves one step on with what the denoiser said, and tells of it.</summary>
    public void Step(int index, ReadOnlySpan<float> prediction, Func<PaintedPicture, int, int, RunClock, RgbImage?> preview)
    {
        Scheduler.Step(index, prediction, Latents, _noise);
        if (Extra.Length == 0) _given?.Keep(Scheduler, index + 1, Latents);
        if (job.Progress is null) return;
        var (done, total) = (index + 1 - _begin, Scheduler.Timesteps.Length - _begin);
        try
        {
            job.Progress.Report(new DiffusionProgress(done, total, preview(this, done, total, _clock)));
        }
        // Whatever the listener throws is the end of its picture, and none of the others' business.
        catch (Exception e) when (e is not OnnxRuntimeException)
        {
            Fail(e);
        }
    }

    /// <summary>Whether it leaves before the next step, because it was told to has failed, or is lost.</summary>
    public bool Leaves()
    {
        if (job.Cancellation.IsCancellationRequested) Fail(new OperationCanceledException(job.Cancellation));
        return Over || !Finite;
    }

    /// <summary>Adds the time that it was denoised for, and of it the time inside ONNX Runtime.</summary>
    public void Denoised(TimeSpan elapsed, TimeSpan inside) => (_denoise, _shared) = (_denoise + elapsed, _shared + inside);

    /// <summary>Turns the latents into the picture.</summary>
    public void Finish(Func<PaintedPicture, RunClock, RgbImage> decode)
    {
        if (!Finite)
        {
            throw new InferenceException("latents_not_finite",
                "The denoiser produced numbers that are not finite; try a lower guidance or another precision.");
        }
        var start = time.GetTimestamp();
        var image = decode(this, _clock);
        _result = new DiffusionResult(image, Latents, new DiffusionTimings(_text, _denoise, time.GetElapsedTime(start), _clock.Elapsed + _shared)) { Recovered = _recovered };
    }

    /// <summary>Does something for this picture, unless it is over; its own failures stay with it.</summary>
    public void Try(Action work)
    {
        if (Over) return;
        try
        {
            work();
        }
        catch (Exception e) when (e is InferenceException or ModelFolderException)
        {
            Fail(e);
        }
        catch (Exception e) when (MemoryShortage.Is(e))
        {
            Fail(MemoryShortage.Error(e));
        }
    }

    /// <summary>Ends without a picture, unless it is over already.</summary>
    public void Fail(Exception error)
    {
        if (!Over) _error = error;
    }

    public void Cancel() => Fail(new OperationCanceledException(job.Cancellation));

    public void Dispose() => Conditioning?.Dispose();

    private void Begin(int length)
    {
        if (_given is not null)
        {
            First = Scheduler.IndexOf(Request.Steps - Math.Clamp((int)(Request.Steps * Request.Strength), 1, Request.Steps));
            Latents = _given.Start(Scheduler, First);
            return;
        }
        (First, Latents) = (0, new float[length]);
        _noise.Fill(Latents);
        TensorPrimitives.Multiply(Latents, Scheduler.InitialNoiseSigma, Latents);
    }
}
