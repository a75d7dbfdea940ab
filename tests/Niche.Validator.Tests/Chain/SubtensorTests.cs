using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Tests.RecordedChain;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;
using Niche.Miner;
using Niche.Subnet.Weights;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Weights;

namespace Niche.Validator.Tests.Chain;

/// <summary>Validator and miner on a Subtensor chain: real metadata, the real client over WebSocket, a node that refuses what a real one refuses.</summary>
public sealed class SubtensorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_weights_are_set_and_the_receipt_names_the_call()
    {
        await using StrictChain chain = await StrictChain.StartAsync(NodeOptions.Finney393, commitReveal: false);
        await using ValidatorNode validator = await chain.AddValidatorAsync("Timelock");
        chain.Node.Chain.Seal();

        await validator.Get<WeightSetter>().RunAsync(Ct);

        WeightReceipt receipt = Assert.Single(await validator.Get<WeightStore>().ListNewestAsync(9, Ct));
        Assert.True(receipt.WasSet, string.Join(", ", receipt.Reasons));
        Assert.Equal(("set", "set_mechanism_weights"), (receipt.Sent!.Step, receipt.Sent.Call));
        Assert.Equal("[[0,65535]]", chain.Stored());
    }

    /// <summary>The chain's clock is set so that the reveal falls into round 1000, of which drand's real signature is known.</summary>
    [Fact]
    public async Task Timelocked_weights_are_committed_and_the_chain_opens_them()
    {
        DateTimeOffset start = DrandQuicknet.TimeOf(1000) - (34 * TimeSpan.FromSeconds(12));
        await using StrictChain chain = await StrictChain.StartAsync(NodeOptions.Finney393 with { Start = start }, commitReveal: true);
        await using ValidatorNode validator = await chain.AddValidatorAsync("Timelock");
        chain.Node.Chain.SealTo(21);

        await validator.Get<WeightSetter>().RunAsync(Ct);

        WeightReceipt receipt = Assert.Single(await validator.Get<WeightStore>().ListNewestAsync(9, Ct));
        Assert.True(receipt.WasSet, string.Join(", ", receipt.Reasons));
        Assert.Equal(("timelocked", "commit_timelocked_mechanism_weights"), (receipt.Sent!.Step, receipt.Sent.Call));
        Assert.Equal((1000UL, 31UL), (receipt.Sent.RevealRound!.Value, receipt.Sent.RevealBlock!.Value));
        Assert.Equal("[]", chain.Stored());
        chain.Node.Chain.SealTo(34);
        chain.Node.Chain.StorePulse(1000, VectorFile.Extract.GetProperty("timelock").Hex("signature"));
        chain.Node.Chain.Seal();
        Assert.Equal("[[0,65535]]", chain.Stored());
    }

    [Fact]
    public async Task Hashed_weights_are_committed_and_revealed_by_the_validator()
    {
        await using StrictChain chain = await StrictChain.StartAsync(NodeOptions.Finney393, commitReveal: true);
        await using ValidatorNode validator = await chain.AddValidatorAsync("Hash");
        chain.Node.Chain.SealTo(21);
        await validator.Get<WeightSetter>().RunAsync(Ct);
        Assert.Equal("commit_mechanism_weights", Assert.Single(await validator.Get<WeightStore>().ListNewestAsync(9, Ct)).Sent!.Call);

        chain.Node.Chain.SealTo(30);
        await validator.Get<WeightSetter>().RunAsync(Ct);

        RevealReceipt reveal = Assert.Single(await validator.Get<WeightStore>().ListRevealsAsync(9, Ct));
        Assert.Equal(("revealed", "reveal_mechanism_weights", 31UL, null), (reveal.Sent.Step, reveal.Sent.Call, reveal.Sent.Block!.Value, reveal.Reason));
        Assert.Equal("[[0,65535]]", chain.Stored());
    }

    [Fact]
    public async Task A_validator_without_a_permit_is_told_so_before_anything_is_sent()
    {
        await using StrictChain chain = await StrictChain.StartAsync(NodeOptions.Dev293, commitReveal: false);
        await using ValidatorNode validator = await chain.AddValidatorAsync("Timelock");
        chain.Node.Chain.Arrange(state => state.Set("ValidatorPermit", new[] { false, false }, StrictChain.Netuid));
        ulong before = chain.Node.Chain.Best.Number;

        await validator.Get<WeightSetter>().RunAsync(Ct);

        WeightReceipt receipt = Assert.Single(await validator.Get<WeightStore>().ListNewestAsync(9, Ct));
        Assert.Equal((false, "NeuronNoValidatorPermit", "kept"), (receipt.WasSet, Assert.Single(receipt.Reasons), receipt.Sent!.Step));
        Assert.Equal(before, chain.Node.Chain.Best.Number);
    }

    [Fact]
    public async Task A_miner_announces_its_axon_on_the_chain()
    {
        await using StrictChain chain = await StrictChain.StartAsync(NodeOptions.Finney393, commitReveal: false);
        MinerOptions options = new()
        {
            Hotkey = chain.Miner,
            Endpoints = [new Uri("http://127.0.0.1:1")],
            Chain = ChainAddress.Parse(chain.Node.WebSocket.ToString()),
            Netuid = StrictChain.Netuid,
            Urls = ["http://127.0.0.1:0"],
            ExternalIp = "203.0.113.5",
            ExternalPort = 8091,
        };
        await using Microsoft.AspNetCore.Builder.WebApplication miner = MinerHost.Build(
            options, services => services.AddLogging(logging => logging.ClearProviders().AddProvider(chain.Log)));
        await miner.StartAsync(Ct);
        byte[] key = chain.Miner.PublicKey.ToArray();
        await Until.TrueAsync(() => chain.Node.Chain.Best.State.Get("SubtensorModule", "Axons", StrictChain.Netuid, key) is not null);

        await using ValidatorNode validator = await chain.AddValidatorAsync("Timelock");
        Metagraph graph = (await validator.Get<Network.MetagraphStore>().GetAsync(Ct))!;
        Assert.Equal(new AxonEndpoint("203.0.113.5", 8091, chain.Miner.Address), graph.Neurons[0].Axon);
    }
}
