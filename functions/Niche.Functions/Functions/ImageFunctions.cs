using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Functions.Api.Accounts;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Validator.Organic;

namespace Niche.Functions;

/// <summary>Pictures in the shape of the OpenAI API, and the pictures themselves.</summary>
public sealed partial class ImageFunctions(
    AccountOrders orders, CallerReader callers, JobAccess access, PictureAddresses addresses, JobWaiter waiter, IBlobStore blobs, SubnetPolicy policy, TimeProvider time)
{
    // Below the 230 s after which Azure's front end hangs up.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(200);

    [Function("CreateImages")]
    public async Task<IActionResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/images/generations")] HttpRequest request, CancellationToken ct)
    {
        (Caller? caller, NicheError? stranger) = await callers.ReadAsync(request, ct);
        if (stranger is not null) return Problem.From(request, stranger);
        Result<Order<ImagesBody>> order = await OrderReader.ReadAsync<ImagesBody>(request, policy, ct);
        if (!order.IsSuccess) return Problem.From(request, order.Errors);
        Submission submission = await orders.SubmitAsync(caller, order.Value.Draft, null, ct);
        if (submission.Job is not { } job) return Problem.From(request, submission.Errors);
        JobSnapshot? done = await waiter.WaitAsync(job.Id, MaxWait, snapshot => snapshot.IsFinal, ct);
        if (done is not { IsFinal: true }) return Problem.From(request, TooLate(job));
        JobUnit[] pictures = [.. done.Units.Where(unit => unit.Result is not null)];
        if (pictures.Length == 0) return Problem.From(request, ErrorOf(done));
        bool inline = order.Value.Body.ResponseFormat == "b64_json";
        List<ImageData> data = [];
        foreach (JobUnit unit in pictures) data.Add(await ShowAsync(request, done.Job, unit, inline, ct));
        return ApiJson.Answer(request, new ImagesAnswer(time.GetUtcNow().ToUnixTimeSeconds(), data, job.Id));
    }

    [Function("GetImage")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "v1/images/{jobId}/{file}")] HttpRequest request,
        string jobId, string file, CancellationToken ct)
    {
        if (TimeOrderedId.IsValid(jobId) && FileName().IsMatch(file) && await access.MayFetchAsync(request, jobId, file, ct)
            && await blobs.GetAsync(WorkNames.Images, $"{jobId}/{file}", ct) is { } picture)
        {
            request.HttpContext.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
            request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
            return new FileContentResult(picture.Content.ToArray(), picture.ContentType) { EntityTag = EntityTags.Of(picture.Content.Span) };
        }

        return Problem.From(request, ErrorCatalogue.Create(ErrorCodes.JobNotFound, "There is no such picture; pictures are kept for some days."));
    }

    private async Task<ImageData> ShowAsync(HttpRequest request, Job job, JobUnit unit, bool inline, CancellationToken ct)
    {
        UnitResult result = unit.Result!;
        if (!inline)
        {
            string url = $"{request.Scheme}://{request.Host}{await addresses.OfAsync(job, result.File, job.Owner is not null, ct)}";
            return new ImageData(url, null, result.Seed, result.ReceiptId);
        }

        Blob? blob = await blobs.GetAsync(WorkNames.Images, $"{job.Id}/{result.File}", ct);
        return new ImageData(null, Convert.ToBase64String(blob!.Content.Span), result.Seed, result.ReceiptId);
    }

    private static NicheError TooLate(Job job) => ErrorCatalogue.Create(
        ErrorCodes.DeadlineExceeded, $"The job goes on. Ask GET /v1/jobs/{job.Id} for it, or submit to POST /v1/jobs, which answers at once.");

    private static NicheError ErrorOf(JobSnapshot job) => job.Error is { } error
        ? ErrorCatalogue.Create(error.Code, error.Detail)
        : ErrorCatalogue.Create(ErrorCodes.JobCancelled, "The job was called off before a picture was made.");

    [GeneratedRegex(@"^\d\.png\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex FileName();
}
