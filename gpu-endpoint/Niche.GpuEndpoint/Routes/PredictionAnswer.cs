using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Predictions;

namespace Niche.GpuEndpoint.Routes;

/// <summary>A prediction on the wire.</summary>
/// <param name="Id">Id.</param>
/// <param name="Model">Model.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="StartedAt">When its turn came.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Output">Pictures as data URLs.</param>
/// <param name="ModelDigest">Digest of the model folder that made them.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Timings">Where the time went.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Urls">Where to ask on.</param>
/// <param name="Recovered">True when it was painted again in single precision; otherwise left out.</param>
public sealed record PredictionAnswer(
    string Id, string Model, PredictionStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt,
    PredictionProgress? Progress, IReadOnlyList<string>? Output, string? ModelDigest, uint Seed, ImageTimings? Timings, Problem? Error,
    PredictionLinks Urls, bool? Recovered = null)
{
    internal static PredictionAnswer Of(Prediction prediction, PredictionState state)
    {
        var (job, made, at) = (prediction.Order.Job, state.Output, $"/predictions/{prediction.Id}");
        return new PredictionAnswer(
            prediction.Id, job.Model, state.Status, prediction.Created, state.Started, state.Completed, ProgressOf(state),
            made is null ? null : [DataUrl.Of(made.File, job.Format)], made?.ModelDigest, job.Seed, made?.Timings, state.Error,
            new PredictionLinks(at, $"{at}/cancel"), made?.Recovered == true ? true : null);
    }

    internal static PredictionProgress? ProgressOf(PredictionState state) => state.Total == 0
        ? null
        : new PredictionProgress(state.Step, state.Total, state.Preview is null ? null : DataUrl.Of(state.Preview, Inference.Images.ImageFileFormat.Jpeg));
}
