using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Niche.Bots.Ports;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Subnet.Receipts;

namespace Niche.Bots.Tests.Rig;

/// <summary>What the core asks of a validator, with real jobs and answers that the test decides on.</summary>
public sealed class Validator(JobService service, JobStore jobs) : IPainting, INetworkFacts, IWriting, IReceiptBook, IDescribing
{
    public int Serving { get; set; } = 1;

    /// <summary>Models that nobody serves, whatever <see cref="Serving"/> says.</summary>
    public HashSet<string> Unserved { get; } = [];

    public int Written { get; private set; }

    public Task<Submission> SubmitAsync(JobDraft draft, string door, string idempotencyKey, CancellationToken ct) =>
        service.SubmitAsync(draft, new SubmitOptions(door, idempotencyKey), ct);

    public Task<JobSnapshot?> CancelAsync(string jobId, CancellationToken ct) => jobs.CancelAsync(jobId, ct);

    public Task<NetworkFacts> ReadAsync(CancellationToken ct) => Task.FromResult(new NetworkFacts("validator", new Dictionary<string, long>(), []));

    public Task<int> CountServingAsync(string model, CancellationToken ct) => Task.FromResult(Unserved.Contains(model) ? 0 : Serving);

    public async Task<(int? Position, TimeSpan? Expected)> EstimateAsync(JobSnapshot job, CancellationToken ct)
    {
        if (job.IsFinal) return (null, null);
        int before = await jobs.CountWaitingAsync(job.Job.Request.Model, job.Job.Id, 1000, ct);
        return (job.Status == JobStatus.Queued ? before : null, TimeSpan.FromSeconds(before + job.Units.Count));
    }

    public Task<IReadOnlyList<string>> SuggestAsync(string model, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public async IAsyncEnumerable<WrittenPiece> WriteAsync(string id, JobRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        Written++;
        await Task.Yield();
        yield return new WrittenPiece("by the ");
        yield return new WrittenPiece("sea");
    }

    public Task<SignedReceipt?> FindAsync(string id, CancellationToken ct) => Task.FromResult<SignedReceipt?>(null);

    public Task<SignedReceipt?> FindByContentAsync(string sha256, CancellationToken ct) => Task.FromResult<SignedReceipt?>(null);

    public Task<(string Text, double Fit)?> DescribeAsync(ReadOnlyMemory<byte> picture, CancellationToken ct) =>
        Task.FromResult<(string, double)?>((Convert.ToHexStringLower(SHA256.HashData(picture.Span))[..8], 0.5));
}
