using Niche.Inference.Models;
using Niche.Inference.Text;
using Niche.TinyModels;
using Niche.TinyModels.Text;

namespace Niche.Inference.Tests.Text;

/// <summary>Whether a seed drew a text, told from one run over the text: on the machine that made it, on another one, and of those that lie.</summary>
public sealed class DrawnTextTests(DemoModels models) : IDisposable
{
    // What the default policy allows.
    private const double Band = 0.01;
    private static readonly TextRequest Plain = new() { Prompt = "a red", MaxTokens = 40, Temperature = 0.9 };
    private readonly string _root = Directory.CreateTempSubdirectory("niche-drawn-").FullName;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Texts() => new(
        from form in TinyTextForm.All from rules in Enumerable.Range(0, Rules.Length) select (form.Family, rules));

    private static TextRequest[] Rules =>
    [
        Plain, Plain with { Temperature = 0 }, Plain with { TopK = 5 }, Plain with { TopP = 0.7, Temperature = 1.3 }, Plain with { MinP = 0.2 },
        Plain with { TopK = 30, TopP = 0.9, MinP = 0.02, RepetitionPenalty = 1.2, PresencePenalty = 0.3, FrequencyPenalty = 0.4 },
        Plain with { MinTokens = 9, LogitBias = new Dictionary<int, double> { [5] = 4, [6] = -100 } },
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_that_was_drawn_here_misses_nowhere(string family, int rules)
    {
        using var generator = Load(TinyTextForm.All.Single(form => form.Family == family));
        for (uint seed = 0; seed < 4; seed++)
        {
            var request = Rules[rules] with { Seed = seed };

            Assert.Equal(0, Worst(generator, request, Make(generator, request)), 1e-9);
        }
    }

    [Fact]
    public void Of_the_demo_models_texts_those_of_other_seeds_miss_and_those_of_another_precision_do_not()
    {
        using var twin = Twin();
        var (own, differ, honest, other) = (0, 0, 0, 0);
        for (uint seed = 0; seed < 200; seed++)
        {
            var request = Plain with { Seed = seed };
            var (here, there) = (Make(models.Text, request), Make(twin, request));
            own += Worst(models.Text, request, here) <= 1e-9 ? 1 : 0;
            differ += here.Ids.SequenceEqual(there.Ids) ? 0 : 1;
            honest += Worst(models.Text, request, there) <= Band ? 1 : 0;
            other += Worst(models.Text, request with { Seed = seed + 1000 }, here) <= Band ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{own} own, {differ} of the twin differ, {honest} of the twin pass, {other} of other seeds pass");
        Assert.Equal(200, own);
        Assert.InRange(differ, 10, 200);
        Assert.InRange(honest, 198, 200);
        Assert.InRange(other, 0, 4);
    }

    [Fact]
    public void A_token_at_the_edge_of_what_is_kept_does_not_condemn_the_other_precision()
    {
        using var twin = Twin();
        for (uint seed = 0; seed < 100; seed++)
        {
            var request = Plain with { Seed = seed, TopP = 0.5 };

            Assert.InRange(Worst(models.Text, request, Make(twin, request)), 0, Band);
        }
    }

    [Fact]
    public void A_text_that_was_cut_short_or_changed_misses()
    {
        var request = Plain with { Seed = 3 };
        var text = Make(models.Text, request);
        int[] changed = [.. text.Ids];
        changed[2] = changed[2] == 7 ? 8 : 7;

        Assert.True(Worst(models.Text, request, (text.Ids[..^2], true)) > Band);
        Assert.True(Worst(models.Text, request, (changed, text.Ended)) > Band);
        Assert.True(Worst(models.Text, request with { Temperature = 0 }, text) > Band);
    }

    [Fact]
    public void Texts_of_tokens_lead_back_to_them()
    {
        var ids = Make(models.Text, Plain).Ids;
        var texts = models.Text.Check(Plain.Prompt, ids, Now).Tokens.Select(token => token.Text).ToArray();

        Assert.Equal(ids, models.Text.Tokens(texts));
        Assert.Equal("token_unknown", Assert.Throws<InferenceException>(() => models.Text.Tokens([.. texts, "no such token"])).Code);
        Assert.Equal("token_unknown", Assert.Throws<InferenceException>(() => models.Text.Tokens(["\uFFFD"])).Code);
        Assert.All(models.Text.Check(Plain.Prompt, ids, Now).Tokens, token => Assert.Null(token.Miss));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static double Worst(TextGenerator generator, TextRequest request, (int[] Ids, bool Ended) text) =>
        generator.Check(request, text.Ids, text.Ended, Now).Tokens.Max(token => token.Miss!.Value);

    private static (int[] Ids, bool Ended) Make(TextGenerator generator, TextRequest request)
    {
        var made = generator.Complete(request, Now);
        return ([.. made.Pieces.Where(piece => piece.Token is not null).Select(piece => piece.Token!.Id)], made.FinishReason == "stop");
    }

    private TextGenerator Twin() => TextGenerator.Load(
        ModelFolder.Open(RoundedWeights.Copy(Path.Combine(TestData.ModelsDirectory, "niche-prompt-lm"), Path.Combine(_root, "twin"))), new SessionSettings(1), TimeProvider.System);

    private TextGenerator Load(TinyTextForm form) =>
        TextGenerator.Load(ModelFolder.Open(TinyText.Write(Path.Combine(_root, Guid.NewGuid().ToString("N")), form)), new SessionSettings(1), TimeProvider.System);
}
