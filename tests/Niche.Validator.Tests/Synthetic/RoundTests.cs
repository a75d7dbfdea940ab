using Niche.Storage.Jobs;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Network;
using Niche.Validator.Synthetic;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Synthetic;

public sealed class RoundTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_scores_one_hidden_request_per_miner_and_model()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner honest = await subnet.AddMinerAsync(), liar = await subnet.AddMinerAsync("liar");
        ValidatorNode node = await subnet.AddValidatorAsync(settings => settings["Validator:MaxSyntheticPerMiner"] = "3");

        IReadOnlyList<SyntheticMessage> sent = await subnet.RunRoundAsync(node);

        Assert.Equal(12, sent.Count);
        Assert.All(sent.GroupBy(message => (message.Item.Hotkey, message.Item.Model)), group => Assert.Single(group, message => message.Item.Scored));
        foreach (string model in new[] { Ask.ImageModel, Ask.TextModel })
        {
            Standing good = await node.StandingAsync(honest.Hotkey, model), bad = await node.StandingAsync(liar.Hotkey, model);
            Assert.True(Assert.Single(good.Score.Rewards) > 0.5, $"{model}: {string.Join(", ", good.Recent)}");
            Assert.Equal(0, Assert.Single(bad.Score.Rewards));
            Assert.Equal((1L, 2L), (good.Score.Counts[VerdictOutcome.Verified], good.Score.Counts[VerdictOutcome.Unverified]));
            Assert.Equal(3, bad.Score.Counts[VerdictOutcome.Invalid]);
        }

        RoundState round = (await node.Get<RoundStore>().GetNewestAsync(Ct))!;
        Assert.Equal((12, 12, true), (round.Planned, round.Done, round.Queued));
    }

    [Fact]
    public async Task Starting_a_round_again_adds_nothing()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync(), other = await subnet.AddValidatorAsync();

        await node.Get<RoundStarter>().RunAsync(Ct);
        await node.Get<RoundStarter>().RunAsync(Ct);
        await other.Get<RoundStarter>().RunAsync(Ct);

        Assert.Equal(2, await subnet.Storage.Queues.CountAsync(WorkNames.SyntheticJobs, Ct));
    }

    [Fact]
    public async Task A_message_handled_twice_is_booked_once()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.Get<RoundStarter>().RunAsync(Ct);
        subnet.Time.Advance(TimeSpan.FromMinutes(10));
        await subnet.DrainAsync<SyntheticMessage>(WorkNames.SyntheticJobs, async (message, ct) =>
        {
            await node.Get<SyntheticHandler>().RunAsync(message, ct);
            await node.Get<SyntheticHandler>().RunAsync(message, ct);
        });

        IReadOnlyList<ScoreMessage> scored = await subnet.ScoreAsync(node);
        foreach (ScoreMessage message in scored) await node.Get<ScoreHandler>().RunAsync(message, Ct);

        Assert.Single((await node.StandingAsync(miner.Hotkey)).Score.Rewards);
        Assert.Single((await node.StandingAsync(miner.Hotkey, Ask.TextModel)).Score.Rewards);
        Assert.Single(await node.VerdictsAsync(miner.Hotkey));
    }

    [Fact]
    public async Task A_miner_that_is_away_earns_an_unreachable_zero()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        TestMiner gone = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await subnet.RunRoundAsync(node);
        await gone.DisposeAsync();
        await node.LookAroundAsync();

        await subnet.RunRoundAsync(node);

        Standing standing = await node.StandingAsync(gone.Hotkey);
        Assert.Equal(2, standing.Score.Rewards.Length);
        Assert.Equal(0, standing.Score.Rewards[^1]);
        Assert.Equal((VerdictOutcome.Unreachable, ReasonCodes.Unreachable), (await node.VerdictsAsync(gone.Hotkey))[^1]);
    }

    [Fact]
    public async Task A_model_that_is_no_longer_served_loses_its_rewards_and_the_other_keeps_them()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await subnet.RunRoundAsync(node);
        MinerRecord record = Assert.Single(await node.Get<MinerStore>().ListAsync(Ct));
        await node.Get<MinerStore>().SetAsync(record with { Models = [.. record.Models, "old-model"] }, Ct);
        await node.Get<StandingStore>().BookAsync(record, node.Get<Niche.Subnet.Policy.SubnetPolicy>().Models[0] with { Name = "old-model" },
            new Answered("x", "synthetic", new { }, Verdict.Of(VerdictOutcome.Verified, ReasonCodes.Match, 1), TimeSpan.Zero, true), Ct);
        Assert.Single((await node.StandingAsync(miner.Hotkey, "old-model")).Score.Rewards);

        await node.LookAroundAsync();

        Assert.Empty((await node.StandingAsync(miner.Hotkey, "old-model")).Score.Rewards);
        Assert.Single((await node.StandingAsync(miner.Hotkey)).Score.Rewards);
    }

    [Fact]
    public async Task Without_the_reference_scoring_throws_to_come_back_and_books_nothing()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        ValidatorNode blind = await subnet.AddValidatorAsync(settings => settings["Validator:ReferenceEndpoint"] = "http://127.0.0.1:1/");
        await node.Get<RoundStarter>().RunAsync(Ct);
        subnet.Time.Advance(TimeSpan.FromMinutes(10));
        await subnet.DrainAsync<SyntheticMessage>(WorkNames.SyntheticJobs, node.Get<SyntheticHandler>().RunAsync);

        await subnet.DrainAsync<ScoreMessage>(WorkNames.ScoreJobs, (message, ct) =>
            Assert.ThrowsAsync<Trusted.TrustedEndpointException>(() => blind.Get<ScoreHandler>().RunAsync(message, ct)));

        Assert.Empty(await node.VerdictsAsync(miner.Hotkey));
    }
}
