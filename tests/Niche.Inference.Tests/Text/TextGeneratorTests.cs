using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.Inference.Tests.Text;

public sealed class TextGeneratorTests(DemoModels models)
{
    private static readonly TextRequest Sampled = new() { Prompt = "a red", Seed = 3, MaxTokens = 30, Temperature = 0.9, TopK = 40 };

    [Fact]
    public void A_seed_repeats_its_text_and_seeds_differ()
    {
        var texts = Enumerable.Range(0, 8).Select(seed => Complete(Sampled with { Seed = (uint)seed }).Text).ToArray();

        Assert.Equal(Complete(Sampled).Text, Complete(Sampled).Text);
        Assert.True(texts.Distinct().Count() >= 6, string.Join('|', texts));
    }

    [Fact]
    public void Temperature_zero_is_greedy_whatever_the_seed()
    {
        var greedy = Sampled with { Temperature = 0, TopLogprobs = 1 };

        var result = Complete(greedy);

        Assert.Equal(result.Text, Complete(greedy with { Seed = 99 }).Text);
        Assert.All(result.Pieces.Where(p => p.Token is not null), p => Assert.Equal(p.Top[0], p.Token));
    }

    [Fact]
    public void The_cache_gives_what_reading_the_whole_text_again_gives()
    {
        var whole = Complete(Sampled with { Temperature = 0, MaxTokens = 6 });
        var begun = string.Concat(whole.Pieces.Take(3).Select(p => p.Text));

        var rest = Complete(Sampled with { Prompt = Sampled.Prompt + begun, Temperature = 0, MaxTokens = 3 });

        Assert.Equal(whole.Text, begun + rest.Text);
        for (var i = 0; i < 3; i++) Assert.Equal(whole.Pieces[i + 3].Token!.Logprob, rest.Pieces[i].Token!.Logprob, 1e-3);
    }

    [Fact]
    public void Log_probabilities_are_of_a_distribution()
    {
        var result = Complete(Sampled with { TopLogprobs = 10_000, MaxTokens = 3 });

        Assert.All(result.Pieces, piece =>
        {
            Assert.Equal(1, piece.Top.Sum(t => Math.Exp(t.Logprob)), 1e-6);
            Assert.Equal(piece.Top.OrderByDescending(t => t.Logprob), piece.Top);
        });
    }

    [Fact]
    public void A_stop_string_ends_the_text_before_itself_even_across_tokens()
    {
        var free = Complete(Sampled with { Temperature = 0 }).Text;
        var stop = free.Substring(free.Length / 2, 7);

        var result = Complete(Sampled with { Temperature = 0, Stop = [stop, "never there"] });

        Assert.Equal(free[..free.IndexOf(stop, StringComparison.Ordinal)], result.Text);
        Assert.Equal("stop", result.FinishReason);
    }

    [Fact]
    public void The_end_token_is_barred_until_the_minimum()
    {
        var result = Complete(Sampled with { Temperature = 0, MaxTokens = 50, MinTokens = 50 });

        Assert.Equal(50, result.Pieces.Count(p => p.Token is not null));
        Assert.Equal("length", result.FinishReason);
    }

    [Fact]
    public void A_text_stops_by_itself_or_at_the_limit()
    {
        Assert.Equal("length", Complete(Sampled with { MaxTokens = 2 }).FinishReason);
        Assert.Equal("stop", Complete(Sampled with { Temperature = 0, MaxTokens = 60 }).FinishReason);
    }

    [Fact]
    public void New_tokens_never_leave_the_context()
    {
        var result = Complete(Sampled with { MaxTokens = 5000, MinTokens = 5000 });

        Assert.Equal(models.Text.Context, result.PromptTokens + result.Pieces.Count);
    }

    [Fact]
    public void A_prompt_that_fills_the_context_is_refused()
    {
        var error = Assert.Throws<InferenceException>(() => Complete(Sampled with { Prompt = string.Concat(Enumerable.Repeat("zqx ",
            100)) }));

        Assert.Equal("prompt_too_long", error.Code);
    }

    [Fact]
    public void Cancelling_ends_the_stream()
    {
        using var source = new CancellationTokenSource();
        var pieces = 0;

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in models.Text.Stream(Sampled, source.Token))
            {
                if (++pieces == 2) source.Cancel();
            }
        });
        Assert.Equal(2, pieces);
    }

    private TextResult Complete(TextRequest request) => models.Text.Complete(request, TestContext.Current.CancellationToken);
}
