using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Niche.GpuEndpoint.Access;
using Niche.GpuEndpoint.Engines.Upstream;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Predictions;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Requests;
using Niche.GpuEndpoint.Safety;
using Niche.Inference.Chat;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary>The one place where exceptions become answers. Prompts and pictures never reach the log.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    // What a request asks for and its model has no graph for.
    private static readonly FrozenSet<string> Wishes = FrozenSet.Create(StringComparer.Ordinal,
        "picture_missing", "picture_unsupported", "control_unsupported", "control_guess_unsupported", "control_mode_missing", "control_mode_unsupported", "image_prompt_unsupported", "image_prompt_missing", "image_prompt_scale_fixed", "refiner_unsupported", "mask_unsupported", "noise_level_unsupported");

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        // A body that ends in the middle: its client knows best, and is not there to be told.
        catch (Exception e) when (e is ConnectionResetException or BadHttpRequestException { StatusCode: 400, InnerException: IOException })
        {
            context.Abort();
            Left(context.Request.Path);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            await Write(context, Describe(e), e);
        }
        // A stream that breaks off in the middle says why, and ends without its end mark.
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && context.Response.ContentType == "text/event-stream")
        {
            var problem = Describe(e);
            if (problem.Status == 500) Failed(e, context.Request.Path);
            var json = JsonSerializer.Serialize(OpenAiError.Of(problem), EndpointJson.Default.OpenAiError);
            await context.Response.WriteAsync($"data: {json}\n\n", context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Left(context.Request.Path);
        }
    }

    public static Task Write(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
            return context.Response.WriteAsJsonAsync(OpenAiError.Of(problem), EndpointJson.Default.OpenAiError, null, context.RequestAborted);
        return context.Response.WriteAsJsonAsync(problem, EndpointJson.Default.Problem, "application/problem+json", context.RequestAborted);
    }

    public static Problem Describe(Exception error) => error switch
    {
        InvalidRequestException e => Of(400, "The request is not acceptable", e.Message, e.Code, e.Errors),
        JsonException => Of(400, "The body is not JSON", "The body could not be read as JSON; send one UTF-8 object.", "json_invalid"),
        BadHttpRequestException { StatusCode: 413 } => Of(413, "The body is too large",
            $"At most {RequestBody.Limit} bytes are allowed.", "body_too_large"),
        BadHttpRequestException e => Of(e.StatusCode, "The request is not acceptable", e.Message, "request_invalid"),
        ContentBlockedException e => Of(422, "The picture was held back", e.Message, "content_blocked"),
        ImageException e => Of(422, "The picture is not acceptable", e.Message, e.Code),
        InferenceException { Code: "prompt_too_long" } e => Of(400, "The prompt is too long", e.Message, e.Code),
        InferenceException { Code: "prompt_empty" or "text_empty" or "text_too_long" or "token_unknown" } e => Of(400, "The text is not acceptable", e.Message, e.Code),
        ChatTemplateException { Code: "template_unsupported" or "template_invalid" } e => Of(501, "This model takes no chats", e.Message, e.Code),
        ChatTemplateException e => Of(400, "The chat is not acceptable", e.Message, e.Code),
        UpstreamException e => Of(e.Status, "The model's server", e.Message, e.Code),
        Exception e when MemoryShortage.Is(e) => Of(503, "Out of memory", MemoryShortage.Error(e).Message, MemoryShortage.Code),
        InferenceException e when Wishes.Contains(e.Code) => Of(400, "The model can not do this", e.Message, e.Code),
        InferenceException e => Of(500, "The model failed", e.Message, e.Code),
        QueueFullException e => Of(429, "Too many requests", e.Message, "queue_full"),
        DrainingException e => Of(503, "Stopping", e.Message, "draining"),
        PredictionConflictException e => Of(409, "The id is taken", e.Message, "prediction_conflict"),
        PredictionMissingException e => Of(404, "No such prediction", e.Message, "prediction_unknown"),
        ModelGoneException e => Of(404, "No such model", e.Message, "model_unknown"),
        ModelConflictException e => Of(409, "The models can not be changed so", e.Message, "model_conflict"),
        OperatorException e => Of(403, "Not allowed", e.Message, "operator_only"),
        NotReadyException e => Of(503, "Not ready", e.Message, "not_ready"),
        OperationCanceledException => Of(504, "Out of time", "The work was stopped when the request's timeout was over.", "timeout"),
        _ => Of(500, "Internal error", "The request failed inside the endpoint; the log has the reason.", "internal"),
    };

    private static Problem Of(int status, string title, string detail, string code, IReadOnlyList<FieldError>? errors = null) =>
        new("about:blank", title, status, detail, code, errors);

    private Task Write(HttpContext context, Problem problem, Exception error)
    {
        if (problem.Status == 500) Failed(error, context.Request.Path);
        if (error is QueueFullException full)
        {
            context.Response.Headers.RetryAfter = full.RetryAfter.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        }
        if (error is UpstreamException { RetryAfter: { } wait }) context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        if (error is NotReadyException or DrainingException || MemoryShortage.Is(error)) context.Response.Headers.RetryAfter = "1";
        return Write(context, problem);
    }

    [LoggerMessage(LogLevel.Error, "{Path} failed")]
    private partial void Failed(Exception error, string path);

    [LoggerMessage(LogLevel.Debug, "The client of {Path} left")]
    private partial void Left(string path);
}
