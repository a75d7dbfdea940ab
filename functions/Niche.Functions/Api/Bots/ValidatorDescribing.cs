using Niche.Bots.Ports;
using Niche.Subnet.Verification;
using Niche.Validator.Trusted;

namespace Niche.Functions.Api.Bots;

/// <summary>
/// Describes a picture by asking the dual encoder of the trusted endpoint which words fit it best, one kind of word after the other. It knows the small
/// world that the demo model paints, and nothing else: the fit says how much that is worth.
/// </summary>
public sealed class ValidatorDescribing(TrustedEndpoint trusted) : IDescribing
{
    private static readonly string[] Things = ["a house", "a castle", "a lighthouse", "a windmill", "a rocket", "a tent", "a hot air balloon", "a sailboat", "trees"];
    private static readonly string[] Colors = ["red", "blue", "yellow", "green", "purple", "orange", "pink", "white"];

    private static readonly string[] Lands =
        ["by the sea", "by a lake", "in the mountains", "on green hills", "in the desert", "in the city", "in the forest"];

    private static readonly string[] Times = ["by day", "at sunrise", "at sunset", "at night"];
    private static readonly string[] Airs = ["in the rain", "in the snow", "in the fog", "with clouds"];

    /// <inheritdoc/>
    public async Task<(string Text, double Fit)?> DescribeAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        (string Text, double Fit)? best = await BestAsync(picture, Things, ct).ConfigureAwait(false);
        best = await BetterAsync(picture, best, Colors, Colored, ct).ConfigureAwait(false);
        foreach (string[] words in (string[][])[Lands, Times, Airs])
            best = await BetterAsync(picture, best, words, (text, word) => $"{text} {word}", ct).ConfigureAwait(false);
        return best;
    }

    private static string Colored(string thing, string color) =>
        thing.StartsWith("a ", StringComparison.Ordinal) ? $"a {color} {thing[2..]}" : $"{color} {thing}";

    private async Task<(string Text, double Fit)?> BetterAsync(
        ReadOnlyMemory<byte> picture, (string Text, double Fit)? before, string[] words, Func<string, string, string> join, CancellationToken ct)
    {
        if (before is not { } known) return null;
        (string Text, double Fit)? longer = await BestAsync(picture, [.. words.Select(word => join(known.Text, word))], ct).ConfigureAwait(false);
        return longer is { } found && found.Fit > known.Fit ? found : before;
    }

    private async Task<(string Text, double Fit)?> BestAsync(ReadOnlyMemory<byte> picture, string[] texts, CancellationToken ct)
    {
        (string Text, double Fit)? best = null;
        foreach (string text in texts)
        {
            try
            {
                ImageFeatures? features = await trusted.ReadFeaturesAsync(picture, text, ct).ConfigureAwait(false);
                if (features?.TextSimilarity is not { } fit) return null;
                if (best is null || fit > best.Value.Fit) best = (text, fit);
            }
            catch (TrustedEndpointException)
            {
                return null;
            }
        }

        return best;
    }
}
