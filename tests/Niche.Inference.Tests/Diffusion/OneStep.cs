using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>A guided picture of one step, put together by hand from the parts of a plain UNet model and something added to its predictions.</summary>
internal sealed class OneStep : IDisposable
{
    private readonly PipelineParts _parts;
    private readonly DiffusionRequest _request;
    private readonly Conditioning _conditioning;
    private readonly RunOptions _options = new();
    private readonly IScheduler _scheduler;
    private readonly INoiseSource _noise;
    private readonly float[] _latents;

    private OneStep(PipelineParts parts, DiffusionRequest request)
    {
        (_parts, _request) = (parts, request);
        _conditioning = parts.Conditioner.Encode(request, guided: true, new RunClock(TimeProvider.System), _options);
        _scheduler = SchedulerCatalogue.Create(parts.Scheduler, 1);
        _noise = NoiseSources.Create(parts.Noise, request.Seed);
        _latents = new float[4 * (request.Height / 8) * (request.Width / 8)];
        _noise.Fill(_latents);
        for (var i = 0; i < _latents.Length; i++) _latents[i] *= _scheduler.InitialNoiseSigma;
        Latents = new float[_latents.Length];
        _scheduler.ScaleModelInput(0, _latents, Latents);
    }

    /// <summary>What the UNet sees.</summary>
    public float[] Latents { get; }

    public float Timestep => _scheduler.Timesteps[0];

    public static async Task<OneStep> OfAsync(string plain, DiffusionRequest request) =>
        new(await PipelineParts.LoadAsync(ModelFolder.Open(plain), new SessionSettings(1), TimeProvider.System), request);

    public static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3 * Math.Max(1, Math.Abs(expected[i])));
    }

    /// <summary>One row of what the UNet is told: 0 is the negative prompt's.</summary>
    public float[] Told(string name, int row)
    {
        var all = _conditioning.Inputs.Single(input => input.Name == name).Value.GetTensorDataAsSpan<float>();
        return all.Slice(row * all.Length / 2, all.Length / 2).ToArray();
    }

    /// <summary>The latents after the step.</summary>
    /// <param name="added">What is added to the prediction of a row.</param>
    public float[] Expected(Func<int, float[]> added)
    {
        using var sample = new HostTensor<float>(2, 4, _request.Height / 8, _request.Width / 8);
        using var time = new TimestepTensor(_parts.Denoiser.InputType("timestep"), 1);
        Latents.CopyTo(sample.Data);
        Latents.CopyTo(sample.Data[Latents.Length..]);
        time.Set(Timestep);
        var told = _conditioning.Inputs.ToArray();
        using var outputs = _parts.Denoiser.Session.Run(_options, [.. told.Select(input => input.Name), "sample", "timestep"], [.. told.Select(input => input.Value), sample.Value, time.Value], ["out_sample"]);
        var rows = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        var (negative, prompt) = (added(0), added(1));
        var guided = new float[Latents.Length];
        for (var i = 0; i < guided.Length; i++)
        {
            var (n, p) = (rows[i] + negative[i], rows[guided.Length + i] + prompt[i]);
            guided[i] = n + ((float)_request.Guidance * (p - n));
        }
        var latents = (float[])_latents.Clone();
        _scheduler.Step(0, guided, latents, _noise);
        return latents;
    }

    public void Dispose()
    {
        _conditioning.Dispose();
        _options.Dispose();
        _parts.Dispose();
    }
}
