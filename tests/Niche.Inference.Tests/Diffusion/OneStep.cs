using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>A picture of one step, put together by hand from the parts of a plain model and something added to its predictions.</summary>
internal sealed class OneStep : IDisposable
{
    private readonly PipelineParts _parts;
    private readonly DiffusionRequest _request;
    private readonly Conditioning _conditioning;
    private readonly DenoiserForm _form;
    private readonly RunOptions _options = new();
    private readonly IScheduler _scheduler;
    private readonly INoiseSource _noise;
    private readonly float[] _latents;
    private readonly int _channels;

    private OneStep(PipelineParts parts, DiffusionRequest request)
    {
        (_parts, _request, _form, _channels) = (parts, request, DenoiserForm.Of(parts.Family), parts.Decoder.Config.Channels);
        _conditioning = parts.Conditioner.Encode(request, guided: true, new RunClock(TimeProvider.System), _options);
        _scheduler = SchedulerCatalogue.Create(parts.Scheduler, 1, request.Height / 8 * (request.Width / 8) / 4);
        _noise = NoiseSources.Create(parts.Noise, request.Seed);
        _latents = new float[_channels * (request.Height / 8) * (request.Width / 8)];
        _noise.Fill(_latents);
        for (var i = 0; i < _latents.Length; i++) _latents[i] *= _scheduler.InitialNoiseSigma;
        Latents = new float[_latents.Length];
        _scheduler.ScaleModelInput(0, _latents, Latents);
    }

    /// <summary>What the denoiser sees, as planes.</summary>
    public float[] Latents { get; }

    public float Timestep => _scheduler.Timesteps[0] * _form.TimestepScale;

    /// <summary>Rows of the denoiser: two where there is a negative prompt.</summary>
    public int Rows => _conditioning.Rows;

    public static async Task<OneStep> OfAsync(string plain, DiffusionRequest request) =>
        new(await PipelineParts.LoadAsync(ModelFolder.Open(plain), new SessionSettings(1), TimeProvider.System), request);

    public static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3 * Math.Max(1, Math.Abs(expected[i])));
    }

    /// <summary>One row of what the denoiser is told: 0 is the negative prompt's where there is one.</summary>
    public float[] Told(string name, int row)
    {
        var all = _conditioning.Inputs.Single(input => input.Name == name).Value.GetTensorDataAsSpan<float>();
        return all.Slice(row * all.Length / Rows, all.Length / Rows).ToArray();
    }

    /// <summary>The model's own latents of a picture, in the encoder's scale.</summary>
    public float[] Encoded(Niche.Inference.Images.RgbImage image) => _parts.Encoder.Encode(image, CancellationToken.None);

    /// <summary>The latents after the step.</summary>
    /// <param name="added">What is added to the prediction of a row, as planes.</param>
    public float[] Expected(Func<int, float[]> added)
    {
        var (height, width) = (_request.Height / 8, _request.Width / 8);
        var seen = _form.Patches ? Packed(Latents, width) : Latents;
        using var sample = _form.Patches ? new HostTensor<float>(Rows, height * width / 4, 4 * _channels) : new HostTensor<float>(Rows, _channels, height, width);
        var times = Enumerable.Repeat(Timestep, _form.Latents == "sample" ? 1 : Rows).ToArray();
        using var time = InputTensor.Of<float>(_parts.Denoiser.InputType("timestep"), times, times.Length);
        for (var row = 0; row < Rows; row++) seen.CopyTo(sample.Data[(row * seen.Length)..]);
        var told = _conditioning.Inputs.Where(input => _parts.Denoiser.Session.InputMetadata.ContainsKey(input.Name)).ToArray();
        using var outputs = _parts.Denoiser.Session.Run(_options, [.. told.Select(input => input.Name), _form.Latents, "timestep"], [.. told.Select(input => input.Value), sample.Value, time.Value], [_form.Prediction]);
        var all = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        var rows = Enumerable.Range(0, Rows).Select(row => (_form.Patches ? Unpacked(all, width) : all[(row * seen.Length)..]).Zip(added(row), (a, b) => a + b).ToArray()).ToArray();
        var guided = new float[Latents.Length];
        for (var i = 0; i < guided.Length; i++) guided[i] = Rows == 1 ? rows[0][i] : rows[0][i] + ((float)_request.Guidance * (rows[1][i] - rows[0][i]));
        var latents = (float[])_latents.Clone();
        _scheduler.Step(0, guided, latents, _noise);
        return latents;
    }

    /// <summary>Planes as patches of two by two, each channel's four numbers one after the other.</summary>
    public static float[] Packed(float[] planes, int width)
    {
        var patches = new float[planes.Length];
        foreach (var (plane, patch) in Places(planes.Length, width)) patches[patch] = planes[plane];
        return patches;
    }

    /// <summary>The way back.</summary>
    public static float[] Unpacked(float[] patches, int width)
    {
        var planes = new float[patches.Length];
        foreach (var (plane, patch) in Places(patches.Length, width)) planes[plane] = patches[patch];
        return planes;
    }

    public void Dispose()
    {
        _conditioning.Dispose();
        _options.Dispose();
        _parts.Dispose();
    }

    // Sixteen channels.
    private static IEnumerable<(int Plane, int Patch)> Places(int length, int width)
    {
        var area = length / 16;
        for (var i = 0; i < length; i++)
        {
            var (channel, y, x) = (i / area, i % area / width, i % width);
            yield return (i, ((((y / 2) * (width / 2)) + (x / 2)) * 64) + (channel * 4) + (y % 2 * 2) + (x % 2));
        }
    }
}
