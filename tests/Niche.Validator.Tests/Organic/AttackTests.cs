using Microsoft.Extensions.Time.Testing;
using Niche.Attacks;
using Niche.Subnet.Jobs;
using Niche.Subnet.Verification;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Trusted;

namespace Niche.Validator.Tests.Organic;

/// <summary>Every dishonest miner there is, asked first, with one honest miner beside it.</summary>
public sealed class AttackTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Kind, seed, and what is booked for its answer.</summary>
    public static TheoryData<string, long, VerdictOutcome, string> Table => new()
    {
        { "half-steps", 7, VerdictOutcome.Wrong, ReasonCodes.OtherSettings },
        { "other-prompt", 7, VerdictOutcome.Wrong, ReasonCodes.OtherContent },
        { "other-seed", 7, VerdictOutcome.Wrong, ReasonCodes.OtherSeed },
        { "blank", 7, VerdictOutcome.Wrong, ReasonCodes.BlankImage },
        { "wrong-size", 7, VerdictOutcome.Invalid, ReasonCodes.WrongSize },
        { "garbage", 2, VerdictOutcome.Invalid, ReasonCodes.NotBase64 },
        { "garbage", 3, VerdictOutcome.Invalid, ReasonCodes.UnknownFormat },
        { "bomb", 7, VerdictOutcome.Invalid, ReasonCodes.WrongSize },
        { "corrupt", 7, VerdictOutcome.Invalid, ReasonCodes.Undecodable },
        { "liar", 7, VerdictOutcome.Invalid, ReasonCodes.Empty },
        { "oversized", 7, VerdictOutcome.Invalid, ReasonCodes.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_attack_is_booked_and_the_honest_picture_delivered(string kind, long seed, VerdictOutcome outcome, string reason)
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner attacker = await subnet.AddMinerAsync(kind), honest = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.FavourAsync(attacker.Hotkey);
        Job job = await node.SubmitAsync(Ask.Picture(seed, steps: 8));

        Assert.Null(await node.RunAsync(job.Id));

        await AssertHonestAsync(node, job, honest);
        Assert.Equal((outcome, reason), (await node.VerdictsAsync(attacker.Hotkey))[^1]);
        Assert.Equal([(VerdictOutcome.Verified, ReasonCodes.Match)], await node.VerdictsAsync(honest.Hotkey));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("slow")]
    public async Task Who_is_late_is_called_late_and_the_honest_picture_delivered(string kind)
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);

        // Its own clock stands: what ends the call is the caller's patience, not its own.
        FakeTimeProvider standing = new(subnet.Time.GetUtcNow().AddSeconds(1)) { AutoAdvanceAmount = TimeSpan.FromMicroseconds(1) };
        TestMiner attacker = await subnet.AddMinerAsync(kind, time: standing), honest = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.FavourAsync(attacker.Hotkey);
        Job job = await node.SubmitAsync();

        Task<TimeSpan?> running = node.RunAsync(job.Id);
        await Until.TrueAsync(() => attacker.Running == 1);
        subnet.Time.Advance(TimeSpan.FromSeconds(13));

        Assert.Null(await running);
        await AssertHonestAsync(node, job, honest);
        Assert.Equal((VerdictOutcome.Late, ReasonCodes.TimedOut), (await node.VerdictsAsync(attacker.Hotkey))[^1]);
    }

    [Fact]
    public async Task A_replay_is_paid_once_and_found_out_at_the_second_picture()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner attacker = await subnet.AddMinerAsync("replay"), honest = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.FavourAsync(attacker.Hotkey);
        Job first = await node.SubmitAsync(Ask.Picture(1)), second = await node.SubmitAsync(Ask.Picture(2));

        Assert.Null(await node.RunAsync(first.Id));
        Assert.Null(await node.RunAsync(second.Id));

        await AssertHonestAsync(node, first, attacker);
        await AssertHonestAsync(node, second, honest);
        Assert.Equal(
            [(VerdictOutcome.Verified, ReasonCodes.Match), (VerdictOutcome.Wrong, ReasonCodes.Replayed)],
            (await node.VerdictsAsync(attacker.Hotkey))[1..]);
    }

    [Fact]
    public async Task Without_audits_the_gates_alone_keep_a_replay_and_a_blank_picture_from_people()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner replay = await subnet.AddMinerAsync("replay"), blank = await subnet.AddMinerAsync("blank"), honest = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync(settings => settings["Validator:OrganicAudit"] = "0");
        await node.FavourAsync(replay.Hotkey);
        await node.RunAsync((await node.SubmitAsync(Ask.Picture(1, steps: 20))).Id);
        await node.FavourAsync(blank.Hotkey);
        Job second = await node.SubmitAsync(Ask.Picture(2, steps: 20));

        Assert.Null(await node.RunAsync(second.Id));

        await AssertHonestAsync(node, second, honest);
        Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.Replayed), (await node.VerdictsAsync(replay.Hotkey))[^1]);
        Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.BlankImage), (await node.VerdictsAsync(blank.Hotkey))[^1]);
    }

    [Fact]
    public void Every_kind_of_attack_is_tested_here_or_with_texts()
    {
        string[] tested = [.. Table.Select(row => row.Data.Item1), "silent", "slow", "replay", "text-canned"];

        Assert.Equal(AttackKinds.All.Select(kind => kind.Name).Order(), tested.Distinct().Order());
    }

    private static async Task AssertHonestAsync(ValidatorNode node, Job job, TestMiner maker)
    {
        JobSnapshot done = await node.JobAsync(job.Id);
        Assert.Equal(JobStatus.Succeeded, done.Status);
        Assert.Equal(maker.Hotkey, done.Units[0].Result!.MinerHotkey);
        Assert.Equal(maker.Hotkey, Assert.Single(await node.ReceiptsAsync(job.Id)).Document.Receipt.MinerHotkey);
        ImageRecipe recipe = new(job.Request.Model, job.Request.Prompt, "", job.Request.Seeds[0], 128, 128, job.Request.Steps, job.Request.Guidance);
        Assert.Equal((await node.Get<TrustedEndpoint>().PaintAsync(recipe, Ct)).Bytes, await node.PictureAsync(job.Id));
    }
}
