using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /check</c>: what the model thinks of every token of a text that somebody else made, from one run.</summary>
internal sealed class CheckRoute(ModelStore store, WorkLanes lanes)
{
    public async Task HandleAsync(HttpContext context)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var job = CheckRequestReader.Read(fields, store);
        using var deadline = RequestBody.Deadline(fields, context.RequestAborted);
        _ = store.Loaded;
        using var use = store.Use(job.Model);
        using var place = lanes.Texts.Enter(model: job.Model);
        var check = await place.RunAsync(_ => Task.Run(() => Check(store.Loaded.Texts[job.Model], job, deadline.Token), deadline.Token), deadline.Token);
        var tokens = check.Tokens.Select(token => new CheckedTokenAnswer(token.Id, token.Text, token.Rank, token.Logprob));
        await context.Response.WriteAsJsonAsync(
            new CheckAnswer(job.Model, store.DigestOf(job.Model), check.PromptTokens, check.Runs, [.. tokens]), EndpointJson.Default.CheckAnswer, null, deadline.Token);
    }

    private static TextCheck Check(TextGenerator generator, CheckJob job, CancellationToken cancellation) => job.Tokens is null
        ? generator.Check(job.Prompt, job.Text!, cancellation)
        : generator.Check(job.Prompt, job.Tokens, cancellation);
}
