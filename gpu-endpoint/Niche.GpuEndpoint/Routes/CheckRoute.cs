using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Requests;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /check</c>: what the model thinks of every token of a text that somebody else made, from one run.</summary>
internal sealed class CheckRoute(ModelStore store, WorkLanes lanes, ITextEngine texts)
{
    public async Task HandleAsync(HttpContext context)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var job = CheckRequestReader.Read(fields, store);
        using var deadline = RequestBody.Deadline(fields, context.RequestAborted);
        _ = store.Loaded;
        using var use = store.Use(job.Model);
        using var place = lanes.OfTexts(store.FolderOf(job.Model)).Enter(model: job.Model);
        var check = await place.RunAsync(_ => texts.CheckAsync(job, deadline.Token), deadline.Token);
        var tokens = check.Tokens.Select(token => new CheckedTokenAnswer(token.Id, token.Text, token.Rank, token.Logprob, token.Miss));
        await context.Response.WriteAsJsonAsync(
            new CheckAnswer(job.Model, store.DigestOf(job.Model), check.PromptTokens, check.Runs, [.. tokens]), EndpointJson.Default.CheckAnswer, null, deadline.Token);
    }
}
