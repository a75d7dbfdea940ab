using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Requests;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /v1/images/generations</c> as OpenAI's clients send it; further pictures of one request count the seed up.</summary>
internal sealed class OpenAiImagesRoute(ModelStore store, ImageDesk images, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var (jobs, urls) = OpenAiImageReader.Read(fields, store);
        _ = store.Loaded;
        using var deadline = RequestBody.Deadline(fields, context.RequestAborted);
        var data = new List<OpenAiImage>();
        foreach (var job in jobs)
        {
            var made = await images.PaintAsync(images.Enter(job, longestWait: RequestBody.Timeout(fields)), job, null, deadline.Token);
            data.Add(urls ? new OpenAiImage(null, DataUrl.Of(made.File, job.Format)) : new OpenAiImage(made.File, null));
        }
        var answer = new OpenAiImages(time.GetUtcNow().ToUnixTimeSeconds(), data, jobs[0].Format.ToString().ToLowerInvariant(), $"{jobs[0].Width}x{jobs[0].Height}");
        await context.Response.WriteAsJsonAsync(answer, EndpointJson.Default.OpenAiImages, null, context.RequestAborted);
    }
}
