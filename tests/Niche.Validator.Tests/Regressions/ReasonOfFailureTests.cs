using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Regressions;

public sealed class ReasonOfFailureTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_found_no_free_miner_for_too_long_says_so()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync(volume: 40);
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        subnet.Time.Advance(Limit);
        await node.UseUpAsync(miner.Hotkey);

        Assert.Null(await node.RunAsync(job.Id));

        UnitError error = (await node.JobAsync(job.Id)).Error!;
        Assert.Equal(ErrorCodes.NoMinerAvailable, error.Code);
        Assert.DoesNotContain("none could be believed", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_model_left_the_policy_fails_with_a_code()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job accepted = await node.SubmitAsync();
        Job gone = accepted with { Id = TimeOrderedId.Create(subnet.Time.GetUtcNow()), Request = accepted.Request with { Model = "gone" } };
        await node.Get<JobStore>().CreateAsync(gone, Ct);

        Assert.Null(await node.RunAsync(gone.Id));

        Assert.Equal(ErrorCodes.UnknownModel, (await node.JobAsync(gone.Id)).Error!.Code);
    }
}
