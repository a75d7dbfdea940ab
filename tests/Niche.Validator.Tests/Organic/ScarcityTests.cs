using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Verification;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Organic;

public sealed class ScarcityTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(21);

    [Fact]
    public async Task Without_a_reference_the_unit_waits_and_nobody_is_blamed()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode blind = await subnet.AddValidatorAsync(settings => settings["Validator:ReferenceEndpoint"] = "http://127.0.0.1:1/");
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();

        Assert.NotNull(await blind.RunAsync(job.Id));

        Assert.Equal(JobStatus.Queued, (await node.JobAsync(job.Id)).Status);
        Assert.Empty(await node.VerdictsAsync(miner.Hotkey));
        Assert.Null(await node.PictureAsync(job.Id));
        Assert.Null(await node.RunAsync(job.Id));
        Assert.Equal([(VerdictOutcome.Verified, ReasonCodes.Match)], await node.VerdictsAsync(miner.Hotkey));
    }

    [Fact]
    public async Task Without_a_miner_the_job_waits_a_little_and_then_fails_honestly()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        Assert.NotNull(await node.RunAsync(job.Id));
        subnet.Time.Advance(Grace);

        Assert.Null(await node.RunAsync(job.Id));

        JobSnapshot done = await node.JobAsync(job.Id);
        Assert.Equal((JobStatus.Failed, ErrorCodes.NoMinerAvailable), (done.Status, done.Error!.Code));
    }

    [Fact]
    public async Task When_every_answer_was_bad_the_job_fails_and_nothing_is_delivered()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync("blank");
        await subnet.AddMinerAsync("liar");
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        subnet.Time.Advance(Grace);

        Assert.Null(await node.RunAsync(job.Id));

        Assert.Equal((JobStatus.Failed, ErrorCodes.MinersFailed), ((await node.JobAsync(job.Id)).Status, (await node.JobAsync(job.Id)).Error!.Code));
        Assert.Null(await node.PictureAsync(job.Id));
        Assert.Empty(await node.ReceiptsAsync(job.Id));
    }

    [Fact]
    public async Task A_used_up_share_makes_the_job_wait_for_the_next_interval()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync(volume: 40);
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.UseUpAsync(miner.Hotkey);
        Job job = await node.SubmitAsync();
        subnet.Time.Advance(Grace);

        Assert.NotNull(await node.RunAsync(job.Id));
        Assert.Equal(JobStatus.Queued, (await node.JobAsync(job.Id)).Status);
        Assert.Empty(await node.VerdictsAsync(miner.Hotkey));
        subnet.Time.Advance(TimeSpan.FromSeconds(580));

        Assert.Null(await node.RunAsync(job.Id));
        Assert.Equal(JobStatus.Succeeded, (await node.JobAsync(job.Id)).Status);
    }
}
