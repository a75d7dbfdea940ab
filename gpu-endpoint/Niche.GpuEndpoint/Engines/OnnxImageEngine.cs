using Niche.GpuEndpoint.Models;
using Niche.Inference.Diffusion;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Engines;

/// <summary>Pictures by the diffusion pipeline on this machine.</summary>
internal sealed class OnnxImageEngine(ModelStore store, TimeProvider time) : IImageEngine
{
    public async Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation)
    {
        var alone = new ImageShare(job, 1, cancellation);
        await GenerateAsync([alone]);
        return await alone.Made;
    }

    public Task GenerateAsync(IReadOnlyList<ImageShare> shares) => Task.Run(() =>
    {
        var pipeline = store.Loaded.Images[shares[0].Job.Model];
        var outcomes = pipeline.Generate([.. shares.Select(share => new DiffusionJob(Request(share.Job, pipeline.GivenScale), share.Job.Progress, share.Cancellation))]);
        for (var i = 0; i < shares.Count; i++)
        {
            if (outcomes[i] is { Result: { } result }) shares[i].Complete(Encode(shares[i].Job, result));
            else shares[i].Fail(outcomes[i].Error!);
        }
    });

    private static DiffusionRequest Request(ImageJob job, int scale) => new(job.Prompt, job.NegativePrompt, job.Seed, job.Steps, job.Guidance, job.Width, job.Height)
    {
        ClipSkip = job.ClipSkip,
        GuidanceRescale = job.GuidanceRescale,
        WeightedPrompt = job.WeightedPrompt,
        PreviewEvery = job.PreviewEvery,
        Image = job.Small is { } small ? MiddleFit.To(small.Image, job.Width / scale, job.Height / scale) : job.Given?.Image,
        NoiseLevel = job.Small?.NoiseLevel ?? 0,
        Strength = job.Given?.Strength ?? 1,
        Mask = job.Given?.Mask,
        Control = job.Control,
        ImagePrompt = job.ImagePrompt,
        RefineFrom = job.RefineFrom,
    };

    private GeneratedImage Encode(ImageJob job, DiffusionResult result)
    {
        var start = time.GetTimestamp();
        var file = job.Format == ImageFileFormat.Png ? ImageFile.EncodePng(result.Image) : ImageFile.EncodeJpeg(result.Image);
        var encode = time.GetElapsedTime(start);
        var (text, denoise, decode, runs) = result.Timings;
        var timings = new ImageTimings(
            0,
            text.TotalMilliseconds,
            denoise.TotalMilliseconds,
            decode.TotalMilliseconds,
            encode.TotalMilliseconds,
            (result.Timings.Total + encode).TotalMilliseconds,
            runs.TotalMilliseconds);
        return new GeneratedImage(file, store.DigestOf(job.Model), job.Seed, job.Steps, timings) { Recovered = result.Recovered };
    }
}
