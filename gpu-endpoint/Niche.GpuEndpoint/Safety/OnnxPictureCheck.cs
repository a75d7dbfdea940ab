using Niche.Inference.Images;
using Niche.Inference.Safety;

namespace Niche.GpuEndpoint.Safety;

/// <summary>Blocks what a classifier on this machine scores at the threshold or above.</summary>
/// <param name="classifier">The classifier; disposed with the check.</param>
/// <param name="threshold">0 to 1.</param>
internal sealed class OnnxPictureCheck(SafetyClassifier classifier, double threshold) : IPictureCheck, IDisposable
{
    public Task<PictureVerdict> CheckAsync(RgbImage image, CancellationToken cancellation) => Task.Run(() =>
    {
        var score = classifier.Score(image, cancellation);
        return new PictureVerdict(score >= threshold, score);
    }, cancellation);

    public void Dispose() => classifier.Dispose();
}
