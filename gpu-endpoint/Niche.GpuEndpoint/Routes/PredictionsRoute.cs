using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Predictions;
using Niche.GpuEndpoint.Requests;

namespace Niche.GpuEndpoint.Routes;

/// <summary>
/// <c>/predictions</c>: jobs with a name. A client that leaves its POST cancels it, for nobody else knows its id; a PUT goes on, so that the client can
/// ask again.
/// </summary>
internal sealed class PredictionsRoute(ModelStore models, PredictionStore store, PredictionDesk desk)
{
    private const int IdLength = 64;
    private const int StreamPreviews = 5;

    public async Task PostAsync(HttpContext context)
    {
        var prediction = await StartAsync(context, Guid.NewGuid().ToString("N"));
        try
        {
            await AnswerAsync(context, prediction);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            prediction.Cancel();
            throw;
        }
    }

    public async Task PutAsync(HttpContext context) => await AnswerAsync(context, await StartAsync(context, IdOf(context)));

    public Task GetAsync(HttpContext context)
    {
        var prediction = store.Get(IdOf(context));
        return WantsEvents(context.Request)
            ? PredictionEvents.WriteAsync(context, prediction, context.RequestAborted)
            : WriteAsync(context, prediction, prediction.State, StatusCodes.Status200OK);
    }

    public async Task CancelAsync(HttpContext context)
    {
        var prediction = store.Get(IdOf(context));
        prediction.Cancel();
        await WriteAsync(context, prediction, await prediction.EndAsync(context.RequestAborted), StatusCodes.Status200OK);
    }

    private static Task AnswerAsync(HttpContext context, Prediction prediction)
    {
        if (WantsEvents(context.Request)) return PredictionEvents.WriteAsync(context, prediction, context.RequestAborted);
        return context.Request.Headers["Prefer"].Any(value => value?.Contains("respond-async", StringComparison.OrdinalIgnoreCase) == true)
            ? AcceptAsync(context, prediction)
            : WaitAsync(context, prediction);
    }

    private static Task AcceptAsync(HttpContext context, Prediction prediction)
    {
        context.Response.Headers["Preference-Applied"] = "respond-async";
        return WriteAsync(context, prediction, prediction.State, StatusCodes.Status202Accepted);
    }

    private static async Task WaitAsync(HttpContext context, Prediction prediction)
    {
        var state = await prediction.EndAsync(context.RequestAborted);
        await WriteAsync(context, prediction, state, state.Error?.Status ?? StatusCodes.Status200OK);
    }

    private static Task WriteAsync(HttpContext context, Prediction prediction, PredictionState state, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = $"/predictions/{prediction.Id}";
        return context.Response.WriteAsJsonAsync(PredictionAnswer.Of(prediction, state), EndpointJson.Default.PredictionAnswer, null, context.RequestAborted);
    }

    private static bool WantsEvents(HttpRequest request) =>
        request.Headers.Accept.Any(value => value?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);

    private static string IdOf(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (id.Length <= IdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return id;
        throw new InvalidRequestException([new FieldError("id", "id_invalid", $"id: must be 1 to {IdLength} letters, digits, '-' or '_'")]);
    }

    private async Task<Prediction> StartAsync(HttpContext context, string id)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var order = PredictionRequestReader.Read(fields, models, WantsEvents(context.Request) ? StreamPreviews : 0);
        _ = models.Loaded;
        return desk.Start(id, order);
    }
}
