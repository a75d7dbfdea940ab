using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Validator.Organic;

namespace Niche.Functions;

/// <summary>Jobs: submit, look, wait, call off.</summary>
public sealed partial class JobFunctions(
    DirectRunner runner, JobStore jobs, JobWaiter waiter, WaitingTimes waiting, JobEvents events, SubnetPolicy policy)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    [Function("CreateJob")]
    public async Task<IActionResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/jobs")] HttpRequest request, CancellationToken ct)
    {
        Result<Order<JobBody>> order = await OrderReader.ReadAsync<JobBody>(request, policy, ct);
        if (!order.IsSuccess) return Problem.From(request, order.Errors);
        Submission submission = await runner.SubmitAsync(order.Value.Draft, "api", KeyOf(request), ct);
        if (submission.Job is not { } job) return Problem.From(request, submission.Errors);
        JobSnapshot? snapshot = await jobs.GetAsync(job.Id, ct);
        request.HttpContext.Response.Headers.Location = $"/v1/jobs/{job.Id}";
        return await ShowAsync(request, snapshot!, submission.Repeated ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, ct);
    }

    [Function("GetJob")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/jobs/{id}")] HttpRequest request, string id, CancellationToken ct)
    {
        JobSnapshot? before = await jobs.GetAsync(id, ct);
        if (before is null) return NotFound(request, id);
        TimeSpan wait = WaitOf(request);
        if (wait == TimeSpan.Zero || before.IsFinal) return await ShowAsync(request, before, StatusCodes.Status200OK, ct);
        (JobStatus status, int done) = (before.Status, before.Done);
        JobSnapshot? after = await waiter.WaitAsync(id, wait, job => job.Status != status || job.Done != done, ct);
        return after is null ? NotFound(request, id) : await ShowAsync(request, after, StatusCodes.Status200OK, ct);
    }

    [Function("CancelJob")]
    public async Task<IActionResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/jobs/{id}")] HttpRequest request, string id, CancellationToken ct)
    {
        if (!TimeOrderedId.IsValid(id) || await jobs.CancelAsync(id, ct) is not { } job) return NotFound(request, id);
        events.Changed(id);
        return await ShowAsync(request, job, StatusCodes.Status200OK, ct);
    }

    private async Task<IActionResult> ShowAsync(HttpRequest request, JobSnapshot job, int status, CancellationToken ct)
    {
        (int? position, TimeSpan? eta) = await waiting.EstimateAsync(job, ct);
        return ApiJson.Answer(request, JobView.From(job, position, eta), status);
    }

    private static IActionResult NotFound(HttpRequest request, string id) => Problem.From(request, ErrorCatalogue.Create(
        ErrorCodes.JobNotFound, TimeOrderedId.IsValid(id) ? $"There is no job {id}; jobs are kept for some days." : "A job id has 26 characters, 0-9 and a-v."));

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
