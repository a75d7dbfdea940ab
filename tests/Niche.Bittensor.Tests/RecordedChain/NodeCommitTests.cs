using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Commit, reveal and timelocked commits, as the runtime takes and refuses them.</summary>
public sealed class NodeCommitTests : IDisposable
{
    private readonly Keypair _hot = Keypair.FromUri("//Alice//hk");
    private readonly ushort[] _uids = [0, 1], _values = [1, 2], _salt = [1, 2, 3, 4];

    public void Dispose() => _hot.Dispose();

    [Theory]
    [MemberData(nameof(NodeRulesTests.Generations), MemberType = typeof(NodeRulesTests))]
    public async Task A_commit_is_revealed_in_its_epoch_and_at_no_other_time(string generation)
    {
        await using var server = await StartAsync(NodeRulesTests.Options(generation));
        using var driver = new NodeDriver(server);
        var chain = server.Chain;
        var hash = Hash(0);
        Assert.EndsWith(NodeRulesTests.Custom(16, generation), await Reveal(), StringComparison.Ordinal);
        chain.SealTo(21);
        Assert.Null(await driver.DoAsync(_hot, "commit_weights", 1, hash)); // Block 22, epoch 2 (20 to 30).
        Assert.EndsWith(NodeRulesTests.Custom(17, generation), await Reveal(), StringComparison.Ordinal);
        chain.SealTo(30);
        Assert.EndsWith(NodeRulesTests.Custom(16, generation), await Reveal(versionKey: 1), StringComparison.Ordinal);
        Assert.Null(await Reveal()); // Block 31, the first of epoch 3.
        Assert.Equal("[[0,32768],[1,65535]]", NodeRulesTests.Stored(chain));
        Assert.EndsWith(NodeRulesTests.Custom(16, generation), await Reveal(), StringComparison.Ordinal);

        Assert.Null(await driver.DoAsync(_hot, "commit_weights", 1, hash));
        chain.SealTo(60);
        Assert.EndsWith(NodeRulesTests.Custom(17, generation), await Reveal(), StringComparison.Ordinal);

        Task<string?> Reveal(ulong versionKey = 0) => driver.DoAsync(_hot, "reveal_weights", 1, _uids, _values, _salt, versionKey);
    }

    [Fact]
    public async Task Where_the_pool_lets_it_pass_the_call_itself_fails_by_name()
    {
        await using var server = await StartAsync(NodeOptions.Dev293 with { PoolKnowsReveals = false });
        using var driver = new NodeDriver(server);
        Assert.Equal("NoWeightsCommitFound", await Reveal());
        server.Chain.SealTo(21);
        Assert.Null(await driver.DoAsync(_hot, "commit_weights", 1, Hash(0)));
        Assert.Equal("RevealTooEarly", await Reveal());
        Assert.Equal("InvalidRevealCommitHashNotMatch", await Reveal(7));
        server.Chain.SealTo(60);
        Assert.Equal("ExpiredWeightCommit", await Reveal());
        for (var i = 0; i < 10; i++) Assert.Null(await driver.DoAsync(_hot, "commit_weights", 1, Hash((ulong)i)));
        Assert.Equal("TooManyUnrevealedCommits", await driver.DoAsync(_hot, "commit_weights", 1, Hash(99)));
        server.Chain.Arrange(state => state.Set("WeightsSetRateLimit", 100, 1));
        Assert.Equal("CommittingWeightsTooFast", await driver.DoAsync(_hot, "commit_weights", 1, Hash(99)));
        server.Chain.Arrange(state => state.Set("CommitRevealWeightsEnabled", false, 1));
        Assert.Equal("CommitRevealDisabled", await driver.DoAsync(_hot, "commit_weights", 1, Hash(99)));
        Assert.Equal("CommitRevealDisabled", await Reveal());

        Task<string?> Reveal(ulong versionKey = 0) => driver.DoAsync(_hot, "reveal_weights", 1, _uids, _values, _salt, versionKey);
    }

    [Fact]
    public void The_hash_of_a_commit_is_the_recorded_one()
    {
        foreach (var vector in VectorFile.Full().GetProperty("commitHash").EnumerateArray()) Assert.Equal(vector.Hex("hash"), Blake2b.Hash256(vector.Hex("encoded")));
    }

    [Fact]
    public async Task Finney_opens_a_timelocked_commit_with_the_hotkey_in_it_as_soon_as_the_pulse_is_there()
    {
        await using var server = await StartAsync(NodeOptions.Finney393);
        using var driver = new NodeDriver(server);
        var (chain, signature) = (server.Chain, VectorFile.Full().GetProperty("timelock").Hex("signature"));
        chain.Arrange(state => state.Set("Drand", "LastStoredRound", 990));
        chain.SealTo(21);
        var commit = TimelockCipher.Encrypt(new WeightsPayload(_hot.PublicKey.ToArray(), _uids, _values, 0).Encode(), 1000).ToBytes();
        Assert.EndsWith("Custom error: 15", await Commit(round: 989), StringComparison.Ordinal);
        Assert.Equal("IncorrectCommitRevealVersion", await Commit(version: 3));
        Assert.Null(await Commit()); // Block 23, epoch 2: due in epoch 3, blocks 31 to 41.
        chain.SealTo(33);
        Assert.Equal("[]", NodeRulesTests.Stored(chain));
        Assert.Single(chain.Best.State.Get("SubtensorModule", "TimelockedWeightCommits", 1, 2)!.Children());
        chain.StorePulse(1000, signature);
        chain.Seal();
        Assert.Equal("[[0,32768],[1,65535]]", NodeRulesTests.Stored(chain));
        Assert.Empty(chain.Best.State.Get("SubtensorModule", "TimelockedWeightCommits", 1, 2)!.Children());
        Assert.Contains(driver.Events(chain.Best), one => one is { Name: "TimelockedWeightsRevealed", Extrinsic: null });

        Task<string?> Commit(ulong round = 1000, ushort version = 4) => driver.DoAsync(_hot, "commit_timelocked_mechanism_weights", 1, 0, commit, round, version);
    }

    [Fact]
    public async Task A_commit_of_someone_elses_weights_is_dropped()
    {
        await using var server = await StartAsync(NodeOptions.Finney393);
        using var driver = new NodeDriver(server);
        var commit = TimelockCipher.Encrypt(new WeightsPayload(new byte[32], _uids, _values, 0).Encode(), 1000).ToBytes();
        Assert.Null(await driver.DoAsync(_hot, "commit_timelocked_mechanism_weights", 1, 0, commit, 1000, 4));
        server.Chain.StorePulse(1000, VectorFile.Full().GetProperty("timelock").Hex("signature"));
        server.Chain.SealTo(45);
        Assert.Equal("[]", NodeRulesTests.Stored(server.Chain));
        Assert.Contains("longer", await driver.DoAsync(_hot, "commit_timelocked_mechanism_weights", 1, 0, new byte[5001], 1000, 4), StringComparison.Ordinal);
    }

    private byte[] Hash(ulong versionKey)
    {
        var writer = new Niche.Bittensor.Scale.ScaleWriter().WriteFixed(_hot.PublicKey).WriteU16(1);
        foreach (var words in new[] { _uids, _values, _salt })
        {
            writer.WriteCompact((ulong)words.Length);
            foreach (var word in words) writer.WriteU16(word);
        }

        return Blake2b.Hash256(writer.WriteU64(versionKey).Written);
    }

    private async Task<NodeServer> StartAsync(NodeOptions options)
    {
        var server = await NodeServer.StartAsync(options);
        server.Chain.AddSubnet(1);
        server.Chain.Arrange(state =>
        {
            state.Set("CommitRevealWeightsEnabled", true, 1);
            state.Set("WeightsSetRateLimit", 0, 1);
        });
        server.Chain.AddNeuron(1, Keypair.FromUri("//Bob//hk").Address, Keypair.FromUri("//Bob").Address);
        server.Chain.AddNeuron(1, _hot.Address, Keypair.FromUri("//Alice").Address, stake: 1_000_000_000, permit: true);
        return server;
    }
}
