using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.RecordedChain;
using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Chain;

/// <summary>The program against a strict node with a real runtime's metadata.</summary>
public sealed class NetworkTests : IDisposable
{
    private const ulong Tao = 1_000_000_000;

    private readonly NicheProgram _niche = new() { Environment = { ["KEY"] = "//Alice//hk", ["MINER"] = "//Bob//hk" } };
    private readonly Keypair _cold = Keypair.FromUri("//Alice"), _hot = Keypair.FromUri("//Alice//hk"), _miner = Keypair.FromUri("//Bob//hk");

    public void Dispose()
    {
        _niche.Dispose();
        _cold.Dispose();
        _hot.Dispose();
        _miner.Dispose();
    }

    [Fact]
    public async Task A_chains_neurons_are_listed_and_an_axon_is_announced_to_it()
    {
        await using var node = await StartAsync(NodeOptions.Dev293 with { SealAtOnce = true });
        var network = node.WebSocket.ToString();
        using (var axon = _niche.Start("axon", "serve", "--port", "0", "--external-ip", "203.0.113.7", "--external-port", "8091", "--netuid", "1", "--network", network, "--secret-env", "MINER", "--json"))
        {
            var lines = new[] { await axon.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), await axon.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) };
            axon.Kill();
            Assert.True(lines[1]?.Contains("announced", StringComparison.Ordinal), await axon.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        var neurons = (await _niche.RunAsync("metagraph", "1", "--network", network, "--json")).Done().Json.GetProperty("neurons");
        Assert.Equal([_hot.Address, _miner.Address], neurons.EnumerateArray().Select(one => one.GetProperty("hotkey").GetString()));
        Assert.Equal("203.0.113.7", neurons[1].GetProperty("axon").GetProperty("ip").GetString());
        Assert.Contains("203.0.113.7:8091", (await _niche.RunAsync("metagraph", "1", "--network", network)).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_are_planned_set_and_shown()
    {
        await using var node = await StartAsync(NodeOptions.Dev293 with { SealAtOnce = true });
        string[] to = ["--netuid", "1", "--network", node.WebSocket.ToString(), "--secret-env", "KEY"];

        var plan = (await _niche.RunAsync(["weights", "dry-run", "--weights", "0=1", "1=3", .. to, "--json"])).Done().Json;
        Assert.Equal("SubtensorModule.set_weights", plan.GetProperty("call").GetString());
        Assert.Equal(["21845", "65535"], plan.GetProperty("arguments").GetProperty("weights").EnumerateArray().Select(one => one.ToString()));
        Assert.Equal(0, plan.GetProperty("objections").GetArrayLength());
        Assert.StartsWith("Nobody", (await _niche.RunAsync(["weights", "show", .. to[..4]])).Done().Output, StringComparison.Ordinal);

        Assert.Matches("weights +set", (await _niche.RunAsync(["weights", "set", "--weights", "0=1", "1=3", .. to])).Done().Output);
        var shown = (await _niche.RunAsync(["weights", "show", .. to[..4], "--of", "0", "--json"])).Done().Json.GetProperty("validators")[0].GetProperty("weights");
        Assert.Equal([(1, 65535), (0, 21845)], shown.EnumerateArray().Select(one => (one.GetProperty("uid").GetInt32(), one.GetProperty("value").GetInt32())));
        Assert.Matches(@"1: 75\.0 %  0: 25\.0 %", (await _niche.RunAsync(["weights", "show", .. to[..4]])).Done().Output);
    }

    [Fact]
    public async Task What_the_chain_is_sure_to_refuse_is_said_and_not_sent()
    {
        await using var node = await StartAsync(NodeOptions.Dev293 with { SealAtOnce = true });
        string[] to = ["--netuid", "1", "--network", node.Http.ToString(), "--secret-env", "MINER"];
        var plan = await _niche.RunAsync(["weights", "dry-run", "--weights", "0=1", .. to]);
        Assert.Equal(1, plan.ExitCode);
        Assert.Contains("refused: NeuronNoValidatorPermit", plan.Output, StringComparison.Ordinal);
        var sent = await _niche.RunAsync(["weights", "set", "--weights", "0=1", .. to, "--json"]);
        Assert.Equal((1, "NeuronNoValidatorPermit"), (sent.ExitCode, sent.Json[0].GetProperty("error").GetString()));
        Assert.Equal(0, node.Chain.Waiting);
    }

    [Fact]
    public async Task A_timelocked_commit_is_planned_where_the_subnet_asks_for_it()
    {
        await using var node = await StartAsync(NodeOptions.Finney393);
        node.Chain.Arrange(state => state.Set("CommitRevealWeightsEnabled", true, 1));
        var plan = (await _niche.RunAsync("weights", "dry-run", "--weights", "1=1", "--netuid", "1", "--network", node.Http.ToString(), "--secret-env", "KEY", "--json")).Done().Json;
        Assert.Equal("SubtensorModule.commit_timelocked_mechanism_weights", plan.GetProperty("call").GetString());
        Assert.True(plan.GetProperty("reveal_round").GetUInt64() > 0);
    }

    [Fact]
    public async Task An_extrinsic_is_decoded_by_the_metadata_of_the_chain()
    {
        await using var node = await StartAsync(NodeOptions.Dev293);
        using var driver = new NodeDriver(node);
        var bytes = "0x" + Convert.ToHexStringLower(driver.Sign(_cold, "System", "remark", [new byte[] { 1, 2 }]));
        var read = (await _niche.RunAsync("decode", bytes, "--network", node.Http.ToString(), "--json")).Done().Json;
        Assert.Equal((_cold.Address, "remark"), (read.GetProperty("signer").GetString(), read.GetProperty("call").GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("metagraph", "1", "--network", "gopher://user:secret@127.0.0.1")]
    [InlineData("metagraph", "1", "--network", "local", "--ledger", "http://127.0.0.1:1")]
    [InlineData("weights", "set", "--weights", "1:2")]
    [InlineData("weights", "set", "--weights", "1=2", "1=3")]
    [InlineData("weights", "set", "--weights", "1=-2")]
    [InlineData("weights", "set", "--weights", "1=0")]
    [InlineData("weights", "set")]
    [InlineData("decode", "0x00", "--ledger", "http://127.0.0.1:1")]
    public async Task A_wrong_command_line_is_told_without_its_secrets(params string[] arguments) =>
        Assert.DoesNotContain("secret@", (await _niche.RunAsync(arguments)).Failed(2), StringComparison.Ordinal);

    private async Task<NodeServer> StartAsync(NodeOptions options)
    {
        SharedFolder.Find("vectors");
        var node = await NodeServer.StartAsync(options);
        node.Chain.AddSubnet(1);
        node.Chain.Fund(_cold.Address, 100 * Tao);
        node.Chain.AddNeuron(1, _hot.Address, _cold.Address, 1000 * Tao, permit: true);
        node.Chain.AddNeuron(1, _miner.Address, _cold.Address);
        node.Chain.SealTo(30);
        return node;
    }
}
