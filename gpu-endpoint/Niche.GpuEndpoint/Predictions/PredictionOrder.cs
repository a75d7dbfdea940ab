using Niche.GpuEndpoint.Engines;

namespace Niche.GpuEndpoint.Predictions;

/// <summary>A checked request for a prediction.</summary>
/// <param name="Job">What to paint.</param>
/// <param name="Priority">Higher goes first.</param>
/// <param name="Timeout">How long waiting and work may take together.</param>
/// <param name="Fingerprint">SHA-256 of the body: equal exactly for equal bodies.</param>
internal sealed record PredictionOrder(ImageJob Job, int Priority, TimeSpan Timeout, string Fingerprint);
