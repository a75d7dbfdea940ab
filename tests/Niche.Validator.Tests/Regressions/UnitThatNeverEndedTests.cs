using Microsoft.Extensions.DependencyInjection;
using Niche.Storage;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Regressions;

public sealed class UnitThatNeverEndedTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_the_reference_kept_waiting_too_long_fails_with_a_code()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode blind = await subnet.AddValidatorAsync(settings => settings["Validator:ReferenceEndpoint"] = "http://127.0.0.1:1/");
        Job job = await blind.SubmitAsync();
        Assert.NotNull(await blind.RunAsync(job.Id));
        subnet.Time.Advance(Limit);

        Assert.Null(await blind.RunAsync(job.Id));

        Assert.Equal(ErrorCodes.DeadlineExceeded, (await blind.JobAsync(job.Id)).Error!.Code);
        Assert.Empty(await blind.VerdictsAsync(miner.Hotkey));
    }

    [Fact]
    public async Task A_unit_that_fails_for_a_reason_of_ours_is_free_at_once_and_ends_when_the_job_is_old()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync(services: services => services.AddSingleton<IBlobStore>(new FullDisk(subnet.Storage.Blobs)));
        Job job = await node.SubmitAsync();

        await Assert.ThrowsAsync<StorageException>(() => node.RunAsync(job.Id));
        Assert.Equal(JobStatus.Queued, (await node.JobAsync(job.Id)).Status);
        await Assert.ThrowsAsync<StorageException>(() => node.RunAsync(job.Id));
        subnet.Time.Advance(Limit);

        Assert.Null(await node.RunAsync(job.Id));
        Assert.Equal((JobStatus.Failed, ErrorCodes.Internal), ((await node.JobAsync(job.Id)).Status, (await node.JobAsync(job.Id)).Error!.Code));
    }
}
