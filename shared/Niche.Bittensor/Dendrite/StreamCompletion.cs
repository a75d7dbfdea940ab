namespace Niche.Bittensor.Dendrite;

/// <summary>How a streamed call ended.</summary>
/// <param name="StatusCode">As in <see cref="SynapseResult{T}.StatusCode"/>.</param>
/// <param name="StatusMessage">The axon's words (untrusted) or ours.</param>
/// <param name="Outcome">How it ended; <see cref="SynapseOutcome.Success"/> only when the stream came to its proper end.</param>
/// <param name="ProcessTime">From just before sending to the last byte.</param>
/// <param name="TimeToFirstPiece">From just before sending to the first text; null when none came.</param>
/// <param name="RetryAfter">How long the axon asks to be left alone.</param>
public sealed record StreamCompletion(
    int StatusCode,
    string StatusMessage,
    SynapseOutcome Outcome,
    TimeSpan ProcessTime,
    TimeSpan? TimeToFirstPiece,
    TimeSpan? RetryAfter);
