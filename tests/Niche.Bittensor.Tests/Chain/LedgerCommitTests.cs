using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Chain;

/// <summary>Commit and reveal by hash, through a real ledger and a real file of salts. Epochs have 11 blocks; subnet 1's third begins in block 31.</summary>
public sealed class LedgerCommitTests : IAsyncLifetime
{
    private const ushort Netuid = 1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ledger");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly Keypair _validator = Keypair.FromUri("//Alice");
    private LedgerHost _ledger = null!;
    private FileWeightCommitStore _store = null!;
    private LedgerClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await LedgerHost.StartAsync(
            new LedgerOptions
            {
                Path = Path.Combine(_folder.FullName, "ledger.json"),
                BlockTime = TimeSpan.FromSeconds(1),
                Subnets = new Dictionary<ushort, SubnetHyperparameters>
                {
                    [Netuid] = LedgerOptions.DefaultRules with { Tempo = 10, WeightsRateLimit = 5, CommitRevealEnabled = true },
                },
            },
            _time);
        Restart();
        Advance(1);
        Assert.True((await _client.RegisterAsync(Netuid, _validator, 1000, true, Ct)).Success);
    }

    public async ValueTask DisposeAsync()
    {
        _validator.Dispose();
        _store.Dispose();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Weights_are_committed_wait_for_their_epoch_and_are_revealed_in_it()
    {
        Advance(21);
        var committed = await SetAsync(40000, 65535);
        Assert.Equal((WeightStep.Committed, "commit_weights", true, 31UL), (committed.Step, committed.Call, committed.Success, committed.RevealBlock));
        Assert.Empty((await _client.GetWeightsAsync(Netuid, Ct)));

        Advance(8);
        Assert.Empty(await RevealAsync());
        Advance(1);
        var revealed = Assert.Single(await RevealAsync());
        Assert.Equal((WeightStep.Revealed, "reveal_weights", true, 31UL), (revealed.Step, revealed.Call, revealed.Success, revealed.Extrinsic.Block!.Value));
        Assert.Equal([65535], Assert.Single(await _client.GetWeightsAsync(Netuid, Ct)).Values);

        Assert.Empty(await RevealAsync());
        Assert.Empty(await _store.ListAsync(_validator.Address, Netuid, Ct));
    }

    [Fact]
    public async Task A_commit_survives_the_process_that_made_it()
    {
        Advance(21);
        await SetAsync(1, 2);
        Restart();
        Advance(10);
        Assert.True(Assert.Single(await RevealAsync()).Success);
    }

    [Fact]
    public async Task A_commit_that_nobody_revealed_in_time_is_reported_once_and_forgotten()
    {
        Advance(21);
        await SetAsync(1, 2);
        Advance(20);
        var expired = Assert.Single(await RevealAsync());
        Assert.Equal((WeightStep.Expired, false, "ExpiredWeightCommit"), (expired.Step, expired.Success, expired.Error));
        Assert.Contains("never count", expired.Extrinsic.Detail, StringComparison.Ordinal);
        Assert.Empty(await RevealAsync());
    }

    [Fact]
    public async Task A_commit_too_soon_after_the_last_is_refused_and_leaves_no_salt_behind()
    {
        Advance(21);
        Assert.True((await SetAsync(1, 2)).Success);
        var early = await SetAsync(1, 3);
        Assert.Equal((false, "CommittingWeightsTooFast"), (early.Success, early.Error));
        Assert.Single(await _store.ListAsync(_validator.Address, Netuid, Ct));
    }

    [Fact]
    public async Task Two_commits_of_one_epoch_are_both_revealed_the_older_one_first()
    {
        Advance(21);
        await SetAsync(1, 2);
        Advance(6);
        await SetAsync(2, 1);
        Advance(5);
        Assert.Equal([true, true], (await RevealAsync()).Select(result => result.Success));
    }

    [Fact]
    public async Task Without_a_store_the_chains_refusal_stands()
    {
        LedgerClient bare = new(_ledger.Http, _time);
        Advance(21);
        var result = await bare.SetWeightsAsync(Netuid, [0], [1], 0, _validator, Ct);
        Assert.Equal((false, "CommitRevealEnabled"), (result.Success, result.Error));
        Assert.Empty(await bare.RevealWeightsAsync(Netuid, _validator, Ct));
    }

    private void Restart()
    {
        _store?.Dispose();
        _store = new FileWeightCommitStore(Path.Combine(_folder.FullName, "commits.json"));
        _client = new LedgerClient(_ledger.Http, _time, _store);
    }

    private void Advance(int blocks) => _time.Advance(TimeSpan.FromSeconds(blocks));

    private Task<WeightsResult> SetAsync(ushort low, ushort high) =>
        _client.SetWeightsAsync(Netuid, [0], [Math.Max(low, high)], 0, _validator, Ct);

    private Task<IReadOnlyList<WeightsResult>> RevealAsync() => _client.RevealWeightsAsync(Netuid, _validator, Ct);
}
