using Niche.GpuEndpoint.Models;
using Niche.Inference.Diffusion;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Calibration;

/// <summary>
/// Paints each prompt honestly and in every dishonest or harmless other way, and measures the distances that a verifier would see.
/// <paramref name="elsewhere"/> runs the same graphs with other kernels and threads, as another honest machine would.
/// </summary>
internal sealed class CalibrationRun(LoadedModels models, DiffusionPipeline elsewhere, ModelManifest manifest)
{
    private const int Steps = 20;
    private const double Guidance = 4;
    private readonly DiffusionPipeline _pipeline = models.Images[manifest.Name];
    private readonly FeatureExtractor _features = models.Features!.Extractor;

    /// <summary>
    /// JPEGs that were nearer to the reference of their own step count than to that of the other, of all JPEGs of 20 and of 10 steps.
    /// </summary>
    public int JpegsRight { get; private set; }

    /// <summary>Time around the ONNX Runtime calls, as a part of the time inside them.</summary>
    public double PipelineOverhead { get; private set; }

    public IReadOnlyDictionary<string, IReadOnlyList<CalibrationSample>> Measure(
        int prompts, Action<string> tell, CancellationToken cancellation)
    {
        var texts = CalibrationPrompts.Take(manifest.Suggestions, prompts);
        var samples = new Dictionary<string, IReadOnlyList<CalibrationSample>>();
        var (inside, total) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < texts.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var seed = (uint)(1000 + i);
            var honest = Paint(_pipeline, texts[i], seed, Steps, Guidance, cancellation);
            (inside, total) = (inside + honest.Timings.Runs, total + honest.Timings.Total);
            var reference = Features(honest.Image, cancellation);
            foreach (var (name, other) in Others(texts, i, seed, honest.Image, cancellation))
            {
                if (!samples.TryGetValue(name, out var list)) samples[name] = list = new List<CalibrationSample>();
                ((List<CalibrationSample>)list).Add(CalibrationSample.Between(reference, other));
            }
            tell($"{i + 1}/{texts.Count} {texts[i]}");
        }
        PipelineOverhead = (total - inside) / inside;
        return samples;
    }

    private IEnumerable<(string Name, ImageFeatures Features)> Others(
        IReadOnlyList<string> texts, int i, uint seed, RgbImage honest, CancellationToken cancellation)
    {
        ImageFeatures Repaint(string text, uint with, int steps, double guidance) =>
            Features(Paint(_pipeline, text, with, steps, guidance, cancellation).Image, cancellation);

        var text = texts[i];
        var half = Paint(_pipeline, text, seed, Steps / 2, Guidance, cancellation).Image;
        yield return ("honest rerun", Repaint(text, seed, Steps, Guidance));
        yield return ("honest, other kernels and threads",
            Features(Paint(elsewhere, text, seed, Steps, Guidance, cancellation).Image, cancellation));
        yield return ("JPEG q90 of honest", Jpegs(honest, half, cancellation));
        yield return ("19 steps", Repaint(text, seed, 19, Guidance));
        yield return ("15 steps", Repaint(text, seed, 15, Guidance));
        yield return ("10 steps", Features(half, cancellation));
        yield return ("JPEG q90 of 10 steps", _features.Extract(ImageFile.EncodeJpeg(half, 90), cancellation));
        yield return ("8 steps", Repaint(text, seed, 8, Guidance));
        yield return ("5 steps", Repaint(text, seed, 5, Guidance));
        yield return ("guidance 3", Repaint(text, seed, Steps, 3));
        yield return ("other seed", Repaint(text, seed + 77_777, Steps, Guidance));
        yield return ("other prompt, same seed", Repaint(texts[(i + 1) % texts.Count], seed, Steps, Guidance));
    }

    // Counts the nearest-reference test on the way: it needs both pictures as JPEG.
    private ImageFeatures Jpegs(RgbImage honest, RgbImage half, CancellationToken cancellation)
    {
        var (whole, halved) = (Features(honest, cancellation), Features(half, cancellation));
        var wholeJpeg = _features.Extract(ImageFile.EncodeJpeg(honest, 90), cancellation);
        var halvedJpeg = _features.Extract(ImageFile.EncodeJpeg(half, 90), cancellation);
        if (Distance(whole, wholeJpeg) < Distance(halved, wholeJpeg)) JpegsRight++;
        if (Distance(halved, halvedJpeg) < Distance(whole, halvedJpeg)) JpegsRight++;
        return wholeJpeg;
    }

    private static double Distance(ImageFeatures reference, ImageFeatures other) => FeatureDistance.Latent(reference.Latent, other.Latent);

    private DiffusionResult Paint(
        DiffusionPipeline pipeline, string text, uint seed, int steps, double guidance, CancellationToken cancellation)
    {
        var size = manifest.Sizes[0];
        return pipeline.Generate(new DiffusionRequest(text, "", seed, steps, guidance, size.Width, size.Height), null, cancellation);
    }

    private ImageFeatures Features(RgbImage image, CancellationToken cancellation) =>
        _features.Extract(ImageFileFormat.Png, image, cancellation);
}
