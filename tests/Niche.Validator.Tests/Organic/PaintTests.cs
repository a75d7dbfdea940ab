using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Subnet.Receipts;
using Niche.Subnet.Verification;
using Niche.Validator.Organic;
using Niche.Validator.Receipts;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Trusted;

namespace Niche.Validator.Tests.Organic;

public sealed class PaintTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unit_is_painted_judged_and_receipted_by_the_validators_hotkey()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();

        Assert.Null(await node.RunAsync(job.Id));

        JobSnapshot done = await node.JobAsync(job.Id);
        Assert.Equal(JobStatus.Succeeded, done.Status);
        byte[] picture = (await node.PictureAsync(job.Id))!;
        Assert.Equal((await node.Get<TrustedEndpoint>().PaintAsync(Recipe(job), Ct)).Bytes, picture);
        StoredReceipt stored = Assert.Single(await node.ReceiptsAsync(job.Id));
        Assert.True(ReceiptCodec.Parse(ReceiptCodec.Write(stored.Document)).IsSuccess);
        Receipt receipt = stored.Document.Receipt;
        Assert.Equal(done.Units[0].Result!.ReceiptId, receipt.Id);
        Assert.Equal((miner.Hotkey, subnet.ValidatorHotkey, VerdictOutcome.Verified), (receipt.MinerHotkey, receipt.ValidatorHotkey, receipt.Outcome));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(picture)), receipt.ContentSha256);
        Assert.Equal([(VerdictOutcome.Verified, ReasonCodes.Match)], await node.VerdictsAsync(miner.Hotkey));
    }

    [Fact]
    public async Task A_receipt_whose_text_was_changed_does_not_verify()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        await node.RunAsync(job.Id);

        SignedReceipt receipt = Assert.Single(await node.ReceiptsAsync(job.Id)).Document;

        Assert.True(ReceiptCodec.Verify(receipt));
        Assert.False(ReceiptCodec.Verify(receipt with { Receipt = receipt.Receipt with { Seed = receipt.Receipt.Seed + 1 } }));
    }

    [Fact]
    public async Task Running_a_unit_again_changes_nothing()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        await node.RunAsync(job.Id);
        JobUnit first = (await node.JobAsync(job.Id)).Units[0];

        Assert.Null(await node.RunAsync(job.Id));

        Assert.Equal(first, (await node.JobAsync(job.Id)).Units[0]);
        Assert.Single(await node.ReceiptsAsync(job.Id));
        Assert.Single(await node.VerdictsAsync(miner.Hotkey));
        Assert.Equal(1, await subnet.Storage.Queues.CountAsync(WorkNames.Deliveries, Ct));
    }

    [Fact]
    public async Task Of_two_instances_one_paints_and_the_other_comes_back_later()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        HeldWork? work = null;
        TestMiner miner = await subnet.AddMinerAsync(decorate: honest => work = new HeldWork(honest));
        ValidatorNode one = await subnet.AddValidatorAsync(), two = await subnet.AddValidatorAsync();
        Job job = await one.SubmitAsync();

        Task<TimeSpan?> painting = one.RunAsync(job.Id);
        await work!.Begun;
        TimeSpan? later = await two.RunAsync(job.Id);
        work.LetGo();

        Assert.NotNull(later);
        Assert.Null(await painting);
        Assert.Null(await two.RunAsync(job.Id));
        Assert.Single(await one.ReceiptsAsync(job.Id));
        Assert.Single(await one.VerdictsAsync(miner.Hotkey));
    }

    [Fact]
    public async Task Instances_that_race_for_one_unit_finish_it_once()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode one = await subnet.AddValidatorAsync(), two = await subnet.AddValidatorAsync();
        Job job = await one.SubmitAsync();

        TimeSpan?[] ends = await Task.WhenAll(one.RunAsync(job.Id), two.RunAsync(job.Id));

        Assert.Contains(null, ends);
        Assert.Equal(JobStatus.Succeeded, (await one.JobAsync(job.Id)).Status);
        Assert.Single(await one.ReceiptsAsync(job.Id));
        Assert.Single(await one.VerdictsAsync(miner.Hotkey));
    }

    private static ImageRecipe Recipe(Job job) => new(job.Request.Model, job.Request.Prompt, job.Request.NegativePrompt, job.Request.Seeds[0],
        job.Request.Width, job.Request.Height, job.Request.Steps, job.Request.Guidance);
}
