using Niche.Inference.Models;
using Niche.Inference.Text;
using Niche.TinyModels.Text;

namespace Niche.Inference.Tests.Text;

public sealed class TextCheckTests(DemoModels models) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("niche-text-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_hundred_and_fifty_six_tokens_take_one_run_and_agree_with_the_formulas(bool keep)
    {
        var form = TinyTextForm.Llama with { Context = 512, Keep = keep };
        using var generator = TextGenerator.Load(ModelFolder.Open(TinyText.Write(Path.Combine(_root, "llama"), form)), new SessionSettings(1), TimeProvider.System);
        int[] text = [.. Enumerable.Range(0, 256).Select(i => i * 37 % 264)];

        var check = generator.Check("a red house", text, TestContext.Current.CancellationToken);

        Assert.Equal((1, 5, 256), (check.Runs, check.PromptTokens, check.Tokens.Count));
        var plain = new PlainDecoder(form).Logits([263, 97, 259, 32, 262, .. text]);
        for (var i = 0; i < text.Length; i++)
        {
            // The last eight logits belong to no token.
            var logits = plain[4 + i][..264];
            Assert.Equal(text[i], check.Tokens[i].Id);
            Assert.Equal(logits[text[i]] - Math.Log(logits.Sum(Math.Exp)), check.Tokens[i].Logprob, 1e-3);
            Assert.InRange(check.Tokens[i].Rank, logits.Count(l => l > logits[text[i]] + 1e-3), logits.Count(l => l > logits[text[i]] - 1e-3));
        }
    }

    [Fact]
    public void A_text_is_seen_as_it_was_made_whatever_the_rules_were()
    {
        var request = new TextRequest { Prompt = "a red", Seed = 5, MaxTokens = 30, Temperature = 1.3, MinP = 0.02, RepetitionPenalty = 1.2, FrequencyPenalty = 0.3, TopLogprobs = 3 };
        var made = models.Text.Complete(request, TestContext.Current.CancellationToken);
        var tokens = made.Pieces.Where(piece => piece.Token is not null).ToArray();

        var check = models.Text.Check(request.Prompt, [.. tokens.Select(piece => piece.Token!.Id)], TestContext.Current.CancellationToken);

        for (var i = 0; i < tokens.Length; i++)
        {
            Assert.Equal(tokens[i].Token!.Logprob, check.Tokens[i].Logprob, 1e-3);
            Assert.Equal(check.Tokens[i].Rank < 3, tokens[i].Top.Contains(tokens[i].Token!));
        }
    }

    [Fact]
    public void A_greedy_text_has_rank_zero_everywhere_and_another_has_not()
    {
        var made = models.Text.Complete(new TextRequest { Prompt = "a red", Temperature = 0 }, TestContext.Current.CancellationToken);

        Assert.All(models.Text.Check("a red", made.Text, TestContext.Current.CancellationToken).Tokens, token => Assert.Equal(0, token.Rank));
        Assert.Contains(models.Text.Check("a red", " xqj zzz", TestContext.Current.CancellationToken).Tokens, token => token.Rank > 50);
    }

    [Theory]
    [InlineData("", "text_empty")]
    [InlineData("zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx zqx", "prompt_too_long")]
    public void What_cannot_be_checked_says_why(string text, string code) =>
        Assert.Equal(code, Assert.Throws<InferenceException>(() => models.Text.Check("a", text, TestContext.Current.CancellationToken)).Code);

    [Fact]
    public void Numbers_that_are_not_finite_are_an_error_here_too()
    {
        var form = TinyTextForm.Llama with { Poison = '!' };
        using var generator = TextGenerator.Load(ModelFolder.Open(TinyText.Write(Path.Combine(_root, "poison"), form)), new SessionSettings(1), TimeProvider.System);

        Assert.Equal("logits_not_finite", Assert.Throws<InferenceException>(() => generator.Check("a", "b!c", TestContext.Current.CancellationToken)).Code);
        Assert.Equal("token_unknown", Assert.Throws<InferenceException>(() => generator.Check("a", [1, 264], TestContext.Current.CancellationToken)).Code);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
