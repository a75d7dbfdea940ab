using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Niche.GpuEndpoint.Tests.Upstream;

/// <summary>
/// A strict stand-in for vLLM or llama.cpp's server over real sockets: it says what they say in their forms, and refuses a field that they do not know,
/// where they would ignore it.
/// </summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private static readonly string[] Common =
        ["model", "prompt", "messages", "max_tokens", "temperature", "top_p", "seed", "stream", "stream_options", "stop", "presence_penalty", "frequency_penalty", "logit_bias", "logprobs", "top_logprobs"];
    private static readonly string[] OfVllm = ["top_k", "min_p", "min_tokens", "repetition_penalty", "return_token_ids", "prompt_logprobs", "chat_template_kwargs", "add_special_tokens"];
    private static readonly string[] OfLlamaCpp = ["top_k", "min_p", "repeat_penalty", "chat_template_kwargs"];
    private readonly bool _vllm;
    private readonly WebApplication _app;

    private StandInServer(bool vllm)
    {
        _vllm = vllm;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Url => _app.Urls.First();

    /// <summary>The key it asks for.</summary>
    public string? Key { get; set; }

    /// <summary>Answers in place of what it would say; returns false to go on.</summary>
    public Func<HttpContext, Task<bool>>? Instead { get; set; }

    /// <summary>Bodies it got.</summary>
    public List<JsonElement> Bodies { get; } = [];

    /// <summary>Requests whose client went away before the end.</summary>
    public SemaphoreSlim Left { get; } = new(0);

    public static async Task<StandInServer> StartAsync(bool vllm)
    {
        var server = new StandInServer(vllm);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (Instead is { } instead && await instead(context)) return;
        if (Key is not null && context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            await Json(context, 401, """{"error":"Unauthorized"}""");
            return;
        }
        var path = context.Request.Path.Value!;
        if (path == "/v1/models")
        {
            await Json(context, 200, _vllm
                ? """{"object":"list","data":[{"id":"tiny","object":"model","created":1,"owned_by":"vllm","root":"tiny","max_model_len":64}]}"""
                : """{"object":"list","data":[{"id":"tiny","object":"model","created":1,"owned_by":"llamacpp","meta":{"n_vocab":9}}],"models":[]}""");
            return;
        }
        var body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement.Clone();
        lock (Bodies) Bodies.Add(body);
        string[] known = [.. Common, .. _vllm ? OfVllm : OfLlamaCpp];
        if (body.EnumerateObject().FirstOrDefault(field => !known.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } strange) await Refuse(context, 400, $"unknown field {strange.Name}");
        else if (body.GetProperty("model").GetString() != "tiny") await Refuse(context, 404, "The model does not exist.");
        else if (path == "/tokenize" && _vllm) await Json(context, 200, JsonSerializer.Serialize(new { tokens = Ids(body.GetProperty("prompt").GetString()!, body.GetProperty("add_special_tokens").GetBoolean()) }));
        else if (path is "/v1/completions" or "/v1/chat/completions") await Complete(context, body, path.Contains("chat", StringComparison.Ordinal));
        else await Refuse(context, 404, "Not Found");
    }

    /// <summary>A token a letter, with 1 in front where a start token is asked for.</summary>
    public static int[] Ids(string text, bool start) => [.. start ? [1] : Array.Empty<int>(), .. text.Select(c => (int)c)];

    private async Task Complete(HttpContext context, JsonElement body, bool chat)
    {
        if (body.TryGetProperty("prompt_logprobs", out _))
        {
            await Json(context, 200, Prefill(body));
            return;
        }
        var most = body.GetProperty("max_tokens").GetInt32();
        var words = new[] { "one", " two", " thr\u00e9e", " \U0001f680" }.Take(most).ToArray();
        var stream = body.GetProperty("stream").GetBoolean();
        var asked = body.TryGetProperty("logprobs", out var logprobs) ? chat ? body.GetProperty("top_logprobs").GetInt32() : logprobs.GetInt32() : -1;
        var reason = most < 4 ? "length" : "stop";
        object usage = new { prompt_tokens = 5, completion_tokens = words.Length, total_tokens = 5 + words.Length };
        if (!stream)
        {
            await Json(context, 200, Answer(chat ? Message(string.Concat(words)) : null, string.Concat(words), Logprobs(words, asked, chat), Enumerable.Range(10, words.Length), reason, usage));
            return;
        }
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        if (!_vllm) await context.Response.WriteAsync(": comment\n\n");
        if (chat) await Event(context, Answer(new { role = "assistant", content = _vllm ? "" : null }, "", null, null, null, null, delta: true));
        for (var i = 0; i < words.Length; i++)
        {
            // vLLM ends with its last word, llama.cpp's server behind it.
            var end = _vllm && i == words.Length - 1 ? reason : null;
            await Event(context, Answer(chat ? new { content = words[i] } : null, words[i], Logprobs([words[i]], asked, chat), [10 + i], end, null, delta: true));
        }
        if (!_vllm) await Event(context, Answer(chat ? new { } : null, "", null, null, reason, null, delta: true));
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(new { id = "x", @object = "chunk", created = 1, model = "tiny", choices = Array.Empty<int>(), usage })}\n\n");
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static object Message(string text) => new { role = "assistant", content = text };

    private string Answer(object? said, string text, object? logprobs, IEnumerable<int>? ids, string? reason, object? usage, bool delta = false)
    {
        var choice = new Dictionary<string, object?> { ["index"] = 0, ["logprobs"] = logprobs, ["finish_reason"] = reason };
        if (said is null) choice["text"] = text;
        else choice[delta ? "delta" : "message"] = said;
        if (_vllm) (choice["token_ids"], choice["stop_reason"]) = (ids, null);
        return JsonSerializer.Serialize(new { id = "x", @object = "x", created = 1, model = "tiny", choices = new[] { choice }, usage });
    }

    private object? Logprobs(string[] words, int asked, bool chat)
    {
        if (asked < 0) return null;
        var top = Enumerable.Range(0, asked).Select(i => (Token: $"t{i}", Logprob: -0.5 - i)).ToArray();
        if (_vllm && !chat)
        {
            return new
            {
                text_offset = words.Select((_, i) => i), token_logprobs = words.Select((_, i) => -0.25 * (i + 1)), tokens = words,
                top_logprobs = words.Select(word => top.Append((Token: word, Logprob: -0.25)).DistinctBy(t => t.Token).ToDictionary(t => t.Token, t => t.Logprob)),
            };
        }
        return new
        {
            content = words.Select((word, i) => new Dictionary<string, object?>
            {
                ["token"] = word, ["logprob"] = -0.25 * (i + 1), ["bytes"] = null, ["top_logprobs"] = top.Select(t => new { token = t.Token, logprob = t.Logprob, bytes = (int[]?)null }),
                [_vllm ? "unused" : "id"] = 10 + i,
            }),
        };
    }

    private static string Prefill(JsonElement body)
    {
        var places = body.GetProperty("prompt").EnumerateArray().Select((id, i) => i == 0 ? null : new Dictionary<string, object>
        {
            ["2"] = new { logprob = -0.125, rank = 1, decoded_token = "likely" },
            [id.ToString()] = new { logprob = -1.5 - i, rank = 3 + i, decoded_token = ((char)id.GetInt32()).ToString() },
        });
        return JsonSerializer.Serialize(new { id = "x", choices = new[] { new { index = 0, text = "z", finish_reason = "length", prompt_logprobs = places } } });
    }

    private async Task Event(HttpContext context, string json)
    {
        try
        {
            await context.Response.WriteAsync($"data: {json}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Left.Release();
            throw;
        }
    }

    private Task Refuse(HttpContext context, int status, string message) => Json(context, status, _vllm
        ? JsonSerializer.Serialize(new { @object = "error", message, type = "BadRequestError", code = status })
        : JsonSerializer.Serialize(new { error = new { code = status, message, type = "invalid_request_error" } }));

    private static async Task Json(HttpContext context, int status, string json)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        await context.Response.WriteAsync(json);
    }
}
