using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Weights;

public sealed class LedgerWeightsTests : IDisposable
{
    private readonly NicheProgram _niche = new() { Environment = { ["ALICE"] = "//Alice", ["BOB"] = "//Bob" } };

    public void Dispose() => _niche.Dispose();

    [Fact]
    public async Task Weights_from_a_file_are_tried_set_and_shown_on_a_ledger()
    {
        await using var ledger = await LocalLedger.StartAsync();
        await ledger.RegisterAsync("//Alice", 100, permit: true);
        await ledger.RegisterAsync("//Bob", 0, permit: false);
        _niche.Environment["NICHE_LEDGER"] = ledger.Url;
        string[] weights = ["--file", _niche.File("weights.json", """{"0": 0.25, "1": 0.75}""")];

        var tried = (await _niche.RunAsync(["weights", "dry-run", .. weights, "--secret-env", "ALICE", "--json"])).Done().Json;
        Assert.True(tried.GetProperty("may_send").GetBoolean());
        Assert.Empty(await ledger.Client.GetWeightsAsync(23, TestContext.Current.CancellationToken));
        (await _niche.RunAsync(["weights", "set", .. weights, "--secret-env", "ALICE"])).Done();
        var kept = Assert.Single(await ledger.Client.GetWeightsAsync(23, TestContext.Current.CancellationToken));
        Assert.Equal([21845, 65535], kept.Values.Select(value => (int)value));
        Assert.Matches("0: +25.0 %|0: 25.0 %", (await _niche.RunAsync("weights", "show")).Done().Output);
        Assert.Matches(@"^  1  5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty  65535  75\.0 %$", (await _niche.RunAsync("weights", "show", "--of", "0")).Done().Output.Split('\n')[2]);
        Assert.Contains("has set no weights", (await _niche.RunAsync("weights", "show", "--of", "1")).Failed(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_ledger_refuses_is_said_before_and_after_sending()
    {
        await using var ledger = await LocalLedger.StartAsync();
        await ledger.RegisterAsync("//Alice", 100, permit: true);
        await ledger.RegisterAsync("//Bob", 0, permit: false);
        string[] command = ["--weights", "0=1", "--secret-env", "BOB", "--ledger", ledger.Url];
        var tried = await _niche.RunAsync(["weights", "dry-run", .. command]);
        Assert.Equal(1, tried.ExitCode);
        Assert.Contains("NeuronNoValidatorPermit", tried.Output, StringComparison.Ordinal);
        var sent = await _niche.RunAsync(["weights", "set", .. command]);
        Assert.Equal(1, sent.ExitCode);
        Assert.Contains("NeuronNoValidatorPermit", sent.Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing is due", (await _niche.RunAsync("weights", "reveal", "--secret-env", "BOB", "--ledger", ledger.Url)).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_holds_no_weights_is_told()
    {
        Assert.Contains("no JSON object of weights", (await _niche.RunAsync("weights", "set", "--file", _niche.File("w", """[1]"""))).Failed(2), StringComparison.Ordinal);
        Assert.Contains("There is no", (await _niche.RunAsync("weights", "set", "--file", "nowhere")).Failed(2), StringComparison.Ordinal);
        Assert.Contains("both", (await _niche.RunAsync("weights", "show", "--ledger", "http://127.0.0.1:1", "--network", "local")).Failed(2), StringComparison.Ordinal);
    }
}
