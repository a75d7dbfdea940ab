using Niche.Inference.Diffusion;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Predictions;

/// <summary>Steps of the pipeline as states of a prediction; called on the pipeline's own thread.</summary>
internal sealed class StepReports(Prediction prediction) : IProgress<DiffusionProgress>
{
    private const int PreviewQuality = 70;

    public void Report(DiffusionProgress value)
    {
        var preview = value.Preview is null ? null : ImageFile.EncodeJpeg(value.Preview, PreviewQuality);
        prediction.Change(state => state with { Step = value.Step, Total = value.Total, Preview = preview ?? state.Preview });
    }
}
