using Microsoft.Extensions.Logging;
using Niche.Subnet.Challenges;
using Niche.Subnet.Policy;
using Niche.Subnet.Rounds;
using Niche.Subnet.Verification;
using Niche.Validator.Trusted;

namespace Niche.Validator.Synthetic;

/// <summary>Prompts for challenges: the beginning of a sentence, completed by the validator's own language model; without it, composed from words.</summary>
public sealed class PromptSource(TrustedEndpoint trusted, SubnetPolicy policy, ILogger<PromptSource> log)
{
    private const double Temperature = 0.9;
    private const int MaxTokens = 32;

    /// <summary>A prompt; the same for the same sequence.</summary>
    public async Task<string> DrawAsync(SecretRandom random, CancellationToken ct)
    {
        string fallback = PromptComposer.Compose(random);
        string prefix = PromptComposer.Prefix(random);
        if (policy.Models.FirstOrDefault(model => model.Kind == ModelKind.Text) is not { } model) return fallback;
        try
        {
            TextRecipe recipe = new(model.Name, prefix, random.Next(model.MaxSeed + 1), MaxTokens, Temperature, 1, []);
            TextAnswer text = await trusted.ContinueAsync(recipe, model.TextBands!, ct).ConfigureAwait(false);
            string prompt = prefix + text.Text.TrimEnd();
            return prompt.Any(char.IsControl) ? fallback : prompt;
        }
        catch (TrustedEndpointException e)
        {
            log.LogWarning("The prompt model does not answer, a composed prompt is used: {Reason}", e.Message);
            return fallback;
        }
    }
}
