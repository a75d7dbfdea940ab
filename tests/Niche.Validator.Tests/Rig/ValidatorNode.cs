using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Network;
using Niche.Validator.Organic;
using Niche.Validator.Receipts;

namespace Niche.Validator.Tests.Rig;

/// <summary>One instance of the validator, wired as the heads wire it, on storage that others may share.</summary>
public sealed class ValidatorNode : IAsyncDisposable
{
    public const string Secret = "//Alice//validator of the tests";
    private readonly IHost _host;
    private readonly IStorage _storage;

    public ValidatorNode(
        IDictionary<string, string?> settings, IStorage storage, TimeProvider time, TestLog log, Action<IServiceCollection>? services)
    {
        _storage = storage;
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddSingleton(time);
        builder.Services.AddNicheValidator(builder.Configuration);
        builder.Services.AddSingleton(storage);

        // A few steps show the same as many, and a busy machine paints them sooner.
        SubnetPolicy policy = DefaultPolicy.Load();
        ModelPolicy[] models = [.. policy.Models.Select(model => model.Kind == ModelKind.Image
            ? model with { Challenge = model.Challenge with { Steps = [8] } }
            : model)];
        builder.Services.AddSingleton(policy with { Models = models });
        services?.Invoke(builder.Services);
        _host = builder.Build();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task LookAroundAsync()
    {
        await Get<MetagraphSync>().RunAsync(Ct);
        await Get<CapacityRefresh>().RunAsync(Ct);
    }

    public async Task<Job> SubmitAsync(JobDraft? draft = null, string? key = null)
    {
        Submission submission = await Get<JobService>().SubmitAsync(draft ?? Ask.Picture(), new SubmitOptions("api", key), Ct);
        Assert.Empty(submission.Errors);
        return submission.Job!;
    }

    public Task<TimeSpan?> RunAsync(string jobId, int index = 0) => Get<OrganicHandler>().RunAsync(new UnitMessage(jobId, index), Ct);

    public async Task<JobSnapshot> JobAsync(string id) => (await Get<JobStore>().GetAsync(id, Ct))!;

    public async Task<byte[]?> PictureAsync(string jobId, int index = 0) =>
        (await _storage.Blobs.GetAsync(WorkNames.Images, $"{jobId}/{index}.png", Ct))?.Content.ToArray();

    public async Task<IReadOnlyList<StoredReceipt>> ReceiptsAsync(string jobId)
    {
        List<StoredReceipt> found = [];
        ReceiptStore receipts = Get<ReceiptStore>();
        await foreach (TableRow row in _storage.Tables.QueryAllAsync(TableNames.Receipts, Ct))
        {
            if (await receipts.GetAsync(row.Partition, Ct) is { } receipt && receipt.Document.Receipt.JobId == jobId) found.Add(receipt);
        }

        return found;
    }

    public Task<Standing> StandingAsync(string hotkey, string model = Ask.ImageModel) => Get<StandingStore>().GetAsync(model, hotkey, Ct);

    public async Task<(VerdictOutcome Outcome, string Reason)[]> VerdictsAsync(string hotkey, string model = Ask.ImageModel) =>
        [.. (await StandingAsync(hotkey, model)).Recent.Reverse().Select(verdict => (verdict.Outcome, verdict.Reason))];

    /// <summary>Lets a miner look good and quick, so that it is asked first.</summary>
    public Task FavourAsync(string hotkey, string model = Ask.ImageModel) => BookAsync(hotkey, model, "before", good: true);

    /// <summary>Books a scored answer as if it had been asked for.</summary>
    public async Task BookAsync(string hotkey, string model, string requestId, bool good)
    {
        MinerRecord miner = (await Get<MinerStore>().ListAsync(Ct)).Single(candidate => candidate.Hotkey == hotkey);
        Verdict verdict = good ? Verdict.Of(VerdictOutcome.Verified, ReasonCodes.Match, 1) : Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.OtherSeed);
        Answered answer = new(requestId, "synthetic", new { }, verdict, TimeSpan.Zero, true);
        await Get<StandingStore>().BookAsync(miner, Get<SubnetPolicy>().Find(model)!, answer, Ct);
    }

    /// <summary>Takes all that is left of a miner's share in this interval.</summary>
    public async Task UseUpAsync(string hotkey)
    {
        MinerRecord miner = (await Get<MinerStore>().ListAsync(Ct)).Single(candidate => candidate.Hotkey == hotkey);
        Assert.True(miner.Share > 0);
        while (Get<ShareBook>().TryTake(miner, Get<RoundLength>().Value)) Get<ShareBook>().Release(miner, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
    }
}
