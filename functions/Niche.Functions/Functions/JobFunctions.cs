using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Functions.Api.Accounts;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Validator.Organic;

namespace Niche.Functions;

/// <summary>Jobs: submit, look, wait, call off.</summary>
public sealed partial class JobFunctions(
    AccountOrders orders, CallerReader callers, JobAccess access, AccountReader reader, JobStore jobs, JobWaiter waiter, JobEvents events, SubnetPolicy policy)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    [Function("CreateJob")]
    public async Task<IActionResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/jobs")] HttpRequest request, CancellationToken ct)
    {
        (Caller? caller, NicheError? stranger) = await callers.ReadAsync(request, ct);
        if (stranger is not null) return Problem.From(request, stranger);
        Result<Order<JobBody>> order = await OrderReader.ReadAsync<JobBody>(request, policy, ct);
        if (!order.IsSuccess) return Problem.From(request, order.Errors);
        Submission submission = await orders.SubmitAsync(caller, order.Value.Draft, KeyOf(request), ct);
        if (submission.Job is not { } job) return Problem.From(request, submission.Errors);
        JobSnapshot? snapshot = await jobs.GetAsync(job.Id, ct);
        request.HttpContext.Response.Headers.Location = $"/v1/jobs/{job.Id}";
        return await ShowAsync(request, snapshot!, caller is not null, submission.Repeated ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, ct);
    }

    [Function("GetJob")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/jobs/{id}")] HttpRequest request, string id, CancellationToken ct)
    {
        (JobSnapshot? before, bool isOwners, NicheError? error) = await access.FindAsync(request, id, toChange: false, ct);
        if (before is null) return Problem.From(request, error!);
        TimeSpan wait = WaitOf(request);
        if (wait == TimeSpan.Zero || before.IsFinal) return await ShowAsync(request, before, isOwners, StatusCodes.Status200OK, ct);
        (JobStatus status, int done) = (before.Status, before.Done);
        JobSnapshot? after = await waiter.WaitAsync(id, wait, job => job.Status != status || job.Done != done, ct);
        return await ShowAsync(request, after ?? before, isOwners, StatusCodes.Status200OK, ct);
    }

    [Function("CancelJob")]
    public async Task<IActionResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/jobs/{id}")] HttpRequest request, string id, CancellationToken ct)
    {
        (JobSnapshot? before, bool isOwners, NicheError? error) = await access.FindAsync(request, id, toChange: true, ct);
        if (before is null) return Problem.From(request, error!);
        JobSnapshot? job = await jobs.CancelAsync(id, ct);
        events.Changed(id);
        return await ShowAsync(request, job ?? before, isOwners, StatusCodes.Status200OK, ct);
    }

    private async Task<IActionResult> ShowAsync(HttpRequest request, JobSnapshot job, bool isOwners, int status, CancellationToken ct) =>
        ApiJson.Answer(request, await reader.ViewAsync(job, isOwners, ct), status);

    private static string? KeyOf(HttpRequest request) =>
        request.Headers.TryGetValue("Idempotency-Key", out var key) && key.Count > 0 ? key[0] : null;

    // RFC 7240: Prefer: wait=N
    private static TimeSpan WaitOf(HttpRequest request)
    {
        Match match = PreferWait().Match(request.Headers["Prefer"].ToString());
        return match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, MaxWait.TotalSeconds))
            : TimeSpan.Zero;
    }

    [GeneratedRegex(@"(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])", RegexOptions.CultureInvariant, 100)]
    private static partial Regex PreferWait();
}
