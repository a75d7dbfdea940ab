using Niche.GpuEndpoint.Models;
using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Engines;

/// <summary>Pictures by the diffusion pipeline on this machine.</summary>
internal sealed class OnnxImageEngine(ModelStore store, TimeProvider time) : IImageEngine
{
    public Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation) =>
        Task.Run(() => Generate(job, cancellation), cancellation);

    private GeneratedImage Generate(ImageJob job, CancellationToken cancellation)
    {
        var request = new DiffusionRequest(job.Prompt, job.NegativePrompt, job.Seed, job.Steps, job.Guidance, job.Width, job.Height)
        {
            ClipSkip = job.ClipSkip,
            GuidanceRescale = job.GuidanceRescale,
            WeightedPrompt = job.WeightedPrompt,
            PreviewEvery = job.PreviewEvery,
            Image = job.Given?.Image,
            Strength = job.Given?.Strength ?? 1,
            Mask = job.Given?.Mask,
        };
        var result = store.Loaded.Images[job.Model].Generate(request, job.Progress, cancellation);
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
        return new GeneratedImage(file, store.Find(ModelKind.Image, job.Model)!.Digest, job.Seed, job.Steps, timings);
    }
}
