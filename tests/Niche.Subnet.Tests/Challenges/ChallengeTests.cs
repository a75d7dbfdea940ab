using System.Text.Json;
using Niche.Subnet.Challenges;
using Niche.Subnet.Rounds;
using Niche.Subnet.Synapses;
using Niche.Subnet.Tests.Policy;

namespace Niche.Subnet.Tests.Challenges;

public sealed class ChallengeTests
{
    private static readonly SecretRandom Secret = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void A_picture_challenge_asks_for_something_the_policy_allows()
    {
        for (var i = 0; i < 200; i++)
        {
            var challenge = Image($"item{i}");
            Assert.Contains(challenge.Size, TestPolicy.Image.Sizes);
            Assert.True(TestPolicy.Image.Steps!.Contains(challenge.Steps));
            Assert.True(TestPolicy.Image.Guidance!.Contains(challenge.Guidance));
            Assert.InRange(challenge.Seed, 0, TestPolicy.Image.MaxSeed);
        }
    }

    [Fact]
    public void Challenges_do_not_repeat_and_follow_from_secret_and_id()
    {
        var challenges = Enumerable.Range(0, 500).Select(i => Image($"item{i}")).ToList();
        Assert.Equal(500, challenges.Select(c => (c.Prompt, c.Seed)).Distinct().Count());
        Assert.Equal(challenges[7], Image("item7"));
    }

    [Fact]
    public void A_used_seed_is_drawn_again()
    {
        var first = Image("item");
        var random = Secret.Derive("challenge:item");
        var prompt = PromptComposer.Compose(random);
        var second = ChallengeFactory.Image("item", TestPolicy.Image, prompt, random, seed => seed == first.Seed);
        Assert.NotEqual(first.Seed, second.Seed);
        Assert.Throws<InvalidOperationException>(() => ChallengeFactory.Image("item", TestPolicy.Image, prompt, random, _ => true));
    }

    [Fact]
    public void The_synapse_carries_the_settings_and_nothing_that_tells_it_from_an_order()
    {
        var challenge = Image("item");
        var synapse = challenge.ToSynapse();
        Assert.Equal((challenge.Prompt, challenge.Seed, "niche-scenes", "txt2img"), (synapse.Prompt, synapse.Seed, synapse.ModelName, synapse.PipelineType));
        Assert.Equal(new ImageParameters(challenge.Steps, 128, 128, challenge.Guidance, "", "PNG"), ImageParameters.Read(synapse.PipelineParams));
        Assert.DoesNotContain("item", JsonSerializer.Serialize(synapse), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_challenge_continues_a_beginning()
    {
        var random = Secret.Derive("challenge:text");
        var challenge = ChallengeFactory.Text("text", TestPolicy.Text, PromptComposer.Prefix(random), random);
        Assert.True(TestPolicy.Text.MaxTokens!.Contains(challenge.MaxTokens));
        Assert.Equal(challenge.MaxTokens, TextParameters.Read(challenge.ToSynapse().PipelineParams).MaxTokens);
        Assert.Throws<ArgumentException>(() => ChallengeFactory.Text("text", TestPolicy.Image, "a", random));
    }

    [Fact]
    public void Composed_prompts_are_varied_and_short_enough_for_the_model()
    {
        var prompts = Enumerable.Range(0, 2000).Select(i => PromptComposer.Compose(Secret.Derive($"p{i}"))).ToList();
        Assert.InRange(prompts.Distinct().Count(), 1950, 2000);
        // The model reads 30 tokens; its tokenizer needs hardly more than one per word of its own vocabulary.
        Assert.All(prompts, p => Assert.InRange(p.Split(' ').Length, 5, 24));
        Assert.DoesNotContain(prompts, p => p.Contains("  ", StringComparison.Ordinal) || p.Contains("a orange", StringComparison.Ordinal));
    }

    private static ImageChallenge Image(string id)
    {
        var random = Secret.Derive("challenge:" + id);
        return ChallengeFactory.Image(id, TestPolicy.Image, PromptComposer.Compose(random), random);
    }
}
