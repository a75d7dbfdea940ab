using Niche.Subnet.Jobs;

namespace Niche.Validator.Tests.Rig;

/// <summary>What the tests ask for.</summary>
public static class Ask
{
    public const string ImageModel = "niche-scenes", TextModel = "niche-prompt-lm";
    public const string Prompt = "a white lighthouse by the sea at night";

    public static JobDraft Picture(long seed = 7, int count = 1, int steps = 2, string prompt = Prompt) =>
        new() { Kind = JobKind.Image, Prompt = prompt, Seed = seed, Count = count, Steps = steps };
}
