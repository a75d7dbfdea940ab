using Niche.GpuEndpoint.Access;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /models</c> and <c>DELETE /models/{name}</c>: begun at once, finished in the background, watched at <c>/health/model/{name}</c>.</summary>
internal sealed class ModelChangesRoute(ModelChanges changes, OperatorGate gate, EndpointOptions options)
{
    private const int LongestPath = 1000;

    public async Task AddAsync(HttpContext context)
    {
        gate.Check(context);
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        try
        {
            await AnswerAsync(context, changes.Add(PathOf(fields)).Change);
        }
        catch (ModelFolderException e)
        {
            await ProblemMiddleware.Write(context, new Problem("about:blank", "The model is not acceptable", 422, e.Message, e.Code));
        }
    }

    public Task RemoveAsync(HttpContext context)
    {
        gate.Check(context);
        var change = changes.Remove((string)context.Request.RouteValues["name"]!).Change;
        if (change is not null) return AnswerAsync(context, change);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, ModelChange change)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = $"/health/model/{Uri.EscapeDataString(change.Name)}";
        return context.Response.WriteAsJsonAsync(ModelChangeAnswer.Of(change, null), EndpointJson.Default.ModelChangeAnswer, null, context.RequestAborted);
    }

    private string PathOf(FieldReader fields)
    {
        var (name, path) = (fields.Text("name", "", LongestPath, "name_invalid"), fields.Text("path", "", LongestPath, "path_invalid"));
        if (name.Length == 0 == (path.Length == 0)) fields.Add("name", "model_missing", "give either the name of a folder among the models, or the path of one");
        // Null ends a path for the system, but not for us.
        if (path.Contains('\0', StringComparison.Ordinal) || (path.Length > 0 && !Path.IsPathFullyQualified(path))) fields.Add("path", "path_invalid", "must be a whole path");
        if (name.Length > 0 && (name is "." or ".." || name.AsSpan().IndexOfAny("/\\\0") >= 0)) fields.Add("name", "name_invalid", "must be the name of a folder");
        fields.ThrowIfAny();
        return path.Length > 0 ? path : Path.Combine(options.ModelsDirectory, name);
    }
}
