using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The stand-in against what the real runtime of spec 293 did.</summary>
public class RecordedAnswersTests
{
    [Fact]
    public async Task Recorded_answers_come_back_byte_for_byte()
    {
        await using var server = await NodeServer.StartAsync(NodeOptions.Dev293 with { Replay = true });
        using var driver = new NodeDriver(server);
        var live = VectorFile.Full().GetProperty("live_spec293");
        foreach (var call in live.GetProperty("runtimeApi").EnumerateArray())
            Assert.Equal(call.Text("result"), (await driver.ResultAsync("state_call", call.Text("method"), call.Text("params"))).GetString());
        Assert.Equal(live.GetProperty("axonStorage").Text("raw"), (await driver.ResultAsync("state_getStorage", live.GetProperty("axonStorage").Text("key"))).GetString());
        foreach (var taken in live.GetProperty("accepted").EnumerateArray())
            Assert.Equal(taken.Text("hash"), (await driver.ResultAsync("author_submitExtrinsic", taken.Text("extrinsic"))).GetString());
        foreach (var refused in live.GetProperty("rejected").EnumerateArray())
        {
            var error = (await driver.CallAsync("author_submitExtrinsic", refused.Text("extrinsic"))).GetProperty("error");
            Assert.Equal(refused.Text("result"), $"ERROR {error.GetProperty("code").GetInt32()} {error.GetProperty("message").GetString()}");
        }
    }

    [Fact]
    public async Task The_strict_node_judges_the_recorded_extrinsics_as_the_real_runtime_did()
    {
        await using var server = await NodeServer.StartAsync(NodeOptions.Dev293);
        using var driver = new NodeDriver(server);
        var (chain, live, metadata) = (server.Chain, VectorFile.Full().GetProperty("live_spec293"), NodeOptions.Dev293.Metadata);
        chain.AddSubnet(1, tempo: 100);
        foreach (var taken in live.GetProperty("accepted").EnumerateArray())
        {
            var read = ExtrinsicReader.Read(metadata, taken.Hex("extrinsic"));
            if (read.Era.IsMortal) continue; // Signed over the hash of a block that only that chain had.
            var signer = read.SignerKey!.Value.ToArray();
            chain.Arrange(state => state.SetAccount(signer, read.Call.Name == "serve_axon" ? 0UL : 1_000_000_000_000UL, read.Nonce));
            Assert.Null(await driver.SubmitAsync(taken.Hex("extrinsic")));
            var block = chain.Seal();
            Assert.Equal(("System", "ExtrinsicSuccess"), driver.Events(block).Where(one => one.Extrinsic == 1).Select(one => (one.Pallet, one.Name)).Last());
        }

        // The account for the axon was registered by the second, served by the fourth: storage is what the real runtime stored, but for the block.
        var axon = live.GetProperty("axonStorage");
        var stored = Convert.FromHexString((await driver.ResultAsync("state_getStorage", axon.Text("key"))).GetString()![2..]);
        Assert.Equal(axon.Hex("raw")[8..], stored[8..]);

        foreach (var refused in live.GetProperty("rejected").EnumerateArray())
        {
            var read = ExtrinsicReader.Read(metadata, refused.Hex("extrinsic"));
            var stale = refused.Text("label").Contains("stale", StringComparison.Ordinal);
            chain.Arrange(state => state.SetAccount(
                read.SignerKey!.Value.ToArray(), refused.Text("label") == "no funds" ? 0UL : 1_000_000_000_000UL, stale ? 5 : read.Nonce));
            Assert.Equal(refused.Text("result"), "ERROR 1010 " + await driver.SubmitAsync(refused.Hex("extrinsic")));
        }
    }

    [Fact]
    public void The_epochs_of_the_stand_in_are_those_seen_on_the_real_runtime()
    {
        var chain = new NodeChain(NodeOptions.Dev293);
        chain.AddSubnet(1, tempo: 10);
        Assert.Equal([8UL, 19, 30], Enumerable.Range(1, 40).Select(block => (ulong)block).Where(block => NodeEpochs.RunsAt(chain.Best.State, 1, block)));
        Assert.Equal((2UL, 2UL, 3UL), (NodeEpochs.IndexOf(chain.Best.State, 1, 22), NodeEpochs.IndexOf(chain.Best.State, 1, 30), NodeEpochs.IndexOf(chain.Best.State, 1, 31)));
        Assert.Equal((20UL, 30UL), NodeEpochs.BlocksOf(chain.Best.State, 1, 2));
    }

    [Fact]
    public void The_timelocked_commit_of_the_real_runtime_is_revealed_in_the_same_block_with_the_same_weights()
    {
        var chain = new NodeChain(NodeOptions.Dev293);
        var timelock = VectorFile.Full().GetProperty("timelock");
        using var hotkey = Keypair.FromUri("//Alice//hk");
        chain.AddSubnet(1, tempo: 10);
        chain.Arrange(state =>
        {
            state.Set("CommitRevealWeightsEnabled", true, 1);
            state.Set("WeightsSetRateLimit", 0, 1);
        });
        chain.SealTo(3);
        chain.AddNeuron(1, Keypair.FromUri("//Charlie").Address, Keypair.FromUri("//Charlie").Address);
        chain.AddNeuron(1, hotkey.Address, hotkey.Address, stake: 1_000, permit: true);
        chain.AddNeuron(1, Keypair.FromUri("//Bob").Address, Keypair.FromUri("//Bob").Address);
        chain.SealTo(21);
        var call = ChainCall.Encode(chain.Options.Metadata, "SubtensorModule", "commit_crv3_weights", 1, timelock.Hex("ciphertext"), 1000);
        chain.Submit(SignedExtrinsic.Sign(chain.Options.Metadata, call, SigningTerms.Immortal(293, 1, chain.Options.GenesisHash, 0), hotkey).Bytes.ToArray());
        chain.SealTo(29);
        chain.StorePulse(1000, timelock.Hex("signature"));
        Assert.Empty(chain.Best.State.Get("SubtensorModule", "Weights", 1, 1)!.Children());
        chain.Seal();
        Assert.Equal([[1, 4321], [2, 65535]], chain.Best.State.Get("SubtensorModule", "Weights", 1, 1)!.Children().Select(pair => pair.Children().Select(one => (int)one.AsInteger()).ToArray()));
    }
}
