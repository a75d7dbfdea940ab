using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Chain;

public sealed class MetagraphCommandTests : IDisposable
{
    private readonly NicheProgram _niche = new();

    public void Dispose() => _niche.Dispose();

    [Fact]
    public async Task The_neurons_of_a_ledger_come_as_a_table_and_as_json()
    {
        await using var ledger = await LocalLedger.StartAsync();
        await ledger.RegisterAsync("//Alice", 5000, permit: true);
        await ledger.RegisterAsync("//Bob", 1.5, permit: false);
        using var bob = Keypair.FromUri("//Bob");
        await ledger.Client.ServeAxonAsync(23, new AxonEndpoint("127.0.0.1", 8091, bob.Address), bob, TestContext.Current.CancellationToken);

        var lines = (await _niche.RunAsync("metagraph", "23", "--ledger", ledger.Url)).Done().Output.TrimEnd().Split('\n');
        Assert.StartsWith("Subnet 23 at block", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^UID +HOTKEY +COLDKEY +STAKE +INCENTIVE +PERMIT +ACTIVE +UPDATED +AXON$", lines[1]);
        Assert.Matches($@"^  0  5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY +\S+ +5,000 .* yes .*–$", lines[2]);
        Assert.Matches($@"^  1  {bob.Address} .* 1\.50 .*127\.0\.0\.1:8091$", lines[3]);
        Assert.Contains("2 neurons, 1 with a validator permit, 1 serving", lines[4], StringComparison.Ordinal);

        var json = (await _niche.RunAsync("metagraph", "23", "--ledger", ledger.Url, "--json", "--sort", "stake", "--top", "1")).Done().Json;
        Assert.Equal((23, 0), (json.GetProperty("netuid").GetInt32(), json.GetProperty("neurons")[0].GetProperty("uid").GetInt32()));
        Assert.Equal(1, json.GetProperty("neurons").GetArrayLength());
        Assert.Equal(bob.Address, (await _niche.RunAsync("metagraph", "23", "--ledger", ledger.Url, "--json", "--serving")).Done().Json.GetProperty("neurons")[0].GetProperty("hotkey").GetString());
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_told_in_one_line_and_to_programs_as_json()
    {
        Assert.StartsWith("niche: ", (await _niche.RunAsync("metagraph", "23", "--ledger", "http://127.0.0.1:1")).Failed(4), StringComparison.Ordinal);
        var error = System.Text.Json.JsonDocument.Parse((await _niche.RunAsync("metagraph", "23", "--ledger", "http://127.0.0.1:1", "--json")).Failed(4)).RootElement;
        Assert.Equal("chain", error.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("metagraph")]
    [InlineData("metagraph", "many")]
    [InlineData("metagraph", "23", "--ledger", "ftp://127.0.0.1")]
    [InlineData("metagraph", "23", "--sort", "colour")]
    public async Task A_wrong_command_line_is_told(params string[] arguments) => (await _niche.RunAsync(arguments)).Failed(2);
}
