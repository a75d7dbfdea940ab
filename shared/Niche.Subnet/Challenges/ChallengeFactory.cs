using Niche.Subnet.Policy;
using Niche.Subnet.Rounds;

namespace Niche.Subnet.Challenges;

/// <summary>
/// Makes challenges from a secret sequence. No two are alike: every one has its own prompt, seed and settings, and a seed that was used before
/// is drawn again, because a repeated request is a request that a miner can answer from its cache.
/// </summary>
public static class ChallengeFactory
{
    private const int MaxDraws = 64;

    /// <summary>A picture challenge.</summary>
    /// <param name="id">Identifier, for example of the round item.</param>
    /// <param name="model">A picture model of the policy.</param>
    /// <param name="prompt">From the prompt model, or from <see cref="PromptComposer"/>.</param>
    /// <param name="random">Secret sequence of this challenge: <c>secret.Derive("challenge:" + id)</c>.</param>
    /// <param name="seedWasUsed">True for seeds to avoid; null when none is known.</param>
    public static ImageChallenge Image(string id, ModelPolicy model, string prompt, SecretRandom random, Func<long, bool>? seedWasUsed = null)
    {
        if (model.Kind != ModelKind.Image) throw new ArgumentException($"{model.Name} is not a picture model.", nameof(model));
        return new ImageChallenge(
            id,
            model.Name,
            model.Pipelines[0],
            prompt,
            DrawSeed(model, random, seedWasUsed),
            random.Choose(model.Sizes),
            random.Choose(model.Challenge.Steps),
            random.Choose(model.Challenge.Guidance));
    }

    /// <summary>A text challenge; see <see cref="Image"/> for the arguments. The prompt is a beginning that the model continues.</summary>
    public static TextChallenge Text(string id, ModelPolicy model, string prompt, SecretRandom random, Func<long, bool>? seedWasUsed = null)
    {
        if (model.Kind != ModelKind.Text) throw new ArgumentException($"{model.Name} is not a text model.", nameof(model));
        return new TextChallenge(id, model.Name, prompt, DrawSeed(model, random, seedWasUsed), random.Choose(model.Challenge.MaxTokens), 1);
    }

    private static long DrawSeed(ModelPolicy model, SecretRandom random, Func<long, bool>? seedWasUsed)
    {
        for (var i = 0; i < MaxDraws; i++)
        {
            var seed = random.Next(model.MaxSeed + 1);
            if (seedWasUsed?.Invoke(seed) != true) return seed;
        }

        throw new InvalidOperationException($"Nearly every seed of {model.Name} was used; raise its max_seed or forget old seeds.");
    }
}
