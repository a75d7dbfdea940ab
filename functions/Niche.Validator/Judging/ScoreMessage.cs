using Niche.Subnet.Verification;
using Niche.Validator.Trusted;

namespace Niche.Validator.Judging;

/// <summary>An answer to the hidden scored request of a round, or to an audited chat.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Hotkey">Who answered.</param>
/// <param name="Model">The category.</param>
/// <param name="Image">What was asked for, of a picture.</param>
/// <param name="Text">What was asked for, of a text.</param>
/// <param name="Blob">Where the picture lies, in container <c>dataset</c>.</param>
/// <param name="Answer">The text.</param>
/// <param name="Took">Wall time of the call.</param>
/// <param name="Kind">synthetic or organic.</param>
public sealed record ScoreMessage(
    string RequestId, string Hotkey, string Model, ImageRecipe? Image, TextRecipe? Text, string? Blob, TextAnswer? Answer, TimeSpan Took,
    string Kind = "synthetic");
