using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.GpuEndpoint;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.TinyModels;
using Niche.Validator.Judging;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Trusted;

namespace Niche.Validator.Tests.Judging;

/// <summary>Texts of miners whose machines compute in another precision than the validator's.</summary>
public sealed class TextPrecisionTests(ReferenceEndpoint endpoint) : IAsyncLifetime
{
    private static readonly TextBands Bands = DefaultPolicy.Load().Find(Ask.TextModel)!.TextBands!;
    private readonly string _models = Directory.CreateTempSubdirectory("niche-twin-").FullName;
    private WebApplication _twin = null!;
    private TestSubnet _subnet = null!;
    private ValidatorNode _node = null!;
    private string _hotkey = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        RoundedWeights.Copy(Path.Combine(AppContext.BaseDirectory, "models", Ask.TextModel), Path.Combine(_models, Ask.TextModel));
        _twin = EndpointHost.Build(new EndpointOptions { Urls = ["http://127.0.0.1:0"], ModelsDirectory = _models }, services => services.AddLogging(logging => logging.ClearProviders()));
        await _twin.StartAsync(Ct);
        _subnet = await TestSubnet.StartAsync(endpoint);
        _hotkey = (await _subnet.AddMinerAsync()).Hotkey;
        _node = await _subnet.AddValidatorAsync();
        await _node.LookAroundAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _subnet.DisposeAsync();
        await _twin.DisposeAsync();
        Directory.Delete(_models, recursive: true);
    }

    [Fact]
    public async Task An_honest_text_that_differs_is_verified_by_its_draws_and_another_seeds_text_is_not()
    {
        using HttpClient there = new() { BaseAddress = new Uri(_twin.Urls.Single()) }, here = new() { BaseAddress = endpoint.Address };
        TrustedEndpoint twin = new(there), reference = new(here);
        int differ = 0, cutShort = 0;
        for (int seed = 0; differ < 5; seed++)
        {
            TextRecipe recipe = new(Ask.TextModel, "a red", seed, 40, 0.9, 1, []);
            TextAnswer answer = await twin.ContinueAsync(recipe, Bands, Ct);
            if (answer.Text == (await reference.ContinueAsync(recipe, Bands, Ct)).Text) continue;
            differ++;
            Assert.True(answer.TokensSpellText);
            Assert.Equal((VerdictOutcome.Verified, ReasonCodes.PlausibleTokens), await JudgeAsync(recipe, answer));
            Assert.Equal((VerdictOutcome.Verified, ReasonCodes.PlausibleTokens), await JudgeAsync(recipe, answer with { Tokens = ["a claim", "that is none"] }));
            Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.OtherTokens), await JudgeAsync(recipe with { Seed = seed + 1000 }, answer));
            cutShort += (await JudgeAsync(recipe, Cut(answer, "stop"))).Outcome == VerdictOutcome.Verified ? 1 : 0;
            Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.OtherTokens), await JudgeAsync(recipe, Cut(answer, "length")));
        }

        // One place in two hundred is so near to an end that ending there passes; which texts differ hangs on the machine.
        Assert.InRange(cutShort, 0, 1);
    }

    private static TextAnswer Cut(TextAnswer answer, string reason) =>
        new(string.Concat(answer.Tokens.SkipLast(2)), [.. answer.Tokens.SkipLast(2)], reason);

    private async Task<(VerdictOutcome Outcome, string Reason)> JudgeAsync(TextRecipe recipe, TextAnswer answer)
    {
        await _node.Get<ScoreHandler>().RunAsync(
            new ScoreMessage(Guid.NewGuid().ToString("N"), _hotkey, Ask.TextModel, null, recipe, null, answer, TimeSpan.FromSeconds(1)), Ct);
        return (await _node.VerdictsAsync(_hotkey, Ask.TextModel))[^1];
    }
}
