using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Rest;

/// <summary>
/// Calls Discord's HTTP API within its limits. Short waits happen here, long ones are an error with a time, so that a queue can wait instead.
/// A call that may have arrived is repeated only when repeating does no harm.
/// </summary>
/// <param name="http">Client whose base address is the API's, with a slash at the end.</param>
/// <param name="token">Token of the app.</param>
/// <param name="limits">Shared by all that call with this token.</param>
/// <param name="invalid">Shared by all that call from this address.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log; sees neither tokens nor texts.</param>
public sealed class DiscordRest(HttpClient http, string token, RateLimits limits, InvalidRequests invalid, TimeProvider time, ILogger<DiscordRest> log)
{
    /// <summary>Largest answer that is read, bytes.</summary>
    public const int MaxAnswerBytes = 4 * 1024 * 1024;

    private const int MaxTries = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UnknownPause = TimeSpan.FromSeconds(5);

    /// <summary>Makes a call.</summary>
    /// <param name="route">Where to.</param>
    /// <param name="body">What to send; null for nothing.</param>
    /// <param name="patience">Longest time to wait for limits or for a Discord that does not answer.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="isRepeatable">Discord recognises a repetition, as by a nonce; else the method decides.</param>
    public async Task<DiscordAnswer> SendAsync(DiscordRoute route, DiscordBody? body, TimeSpan patience, CancellationToken ct, bool? isRepeatable = null)
    {
        DateTimeOffset end = time.GetUtcNow() + patience;
        for (int attempt = 1; ; attempt++)
        {
            (RateBucket? bucket, DiscordError? refused) = await ReserveAsync(route, end, ct).ConfigureAwait(false);
            if (bucket is null) return DiscordAnswer.Failed(refused!);
            DiscordAnswer answer = await TryAsync(route, bucket, body, ct).ConfigureAwait(false);
            if (answer.IsSuccess || attempt == MaxTries || !MayRepeat(answer.Error, isRepeatable ?? route.IsIdempotent)) return answer;
            // A bucket knows by itself how long it is blocked; nobody else counts the pauses of a Discord that fails.
            TimeSpan pause = answer.Error.Kind == DiscordErrorKind.RateLimited ? TimeSpan.Zero : FirstPause * Math.Pow(3, attempt - 1);
            if (time.GetUtcNow() + pause > end) return answer;
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, ct).ConfigureAwait(false);
        }
    }

    private static bool MayRepeat(DiscordError error, bool isRepeatable) =>
        error.Kind == DiscordErrorKind.RateLimited || (error.Kind == DiscordErrorKind.Unavailable && isRepeatable);

    private async Task<(RateBucket? Bucket, DiscordError? Error)> ReserveAsync(DiscordRoute route, DateTimeOffset end, CancellationToken ct)
    {
        while (true)
        {
            if (invalid.Wait() is var pause && pause > TimeSpan.Zero)
                return (null, new DiscordError(DiscordErrorKind.BudgetSpent, 0, 0, "Too many calls failed in the last 10 minutes.", pause));
            (TimeSpan wait, RateBucket bucket, Task changed) = limits.Reserve(route);
            if (wait == TimeSpan.Zero) return (bucket, null);
            TimeSpan left = end - time.GetUtcNow();
            if (wait > left || left <= TimeSpan.Zero)
                return (null, new DiscordError(DiscordErrorKind.RateLimited, 0, 0, $"The limit of {route.Template} is reached.", wait > TimeSpan.Zero ? wait : UnknownPause));
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            Task delay = Task.Delay(wait == Timeout.InfiniteTimeSpan ? left : wait, time, over.Token);
            await Task.WhenAny(delay, changed).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<DiscordAnswer> TryAsync(DiscordRoute route, RateBucket bucket, DiscordBody? body, CancellationToken ct)
    {
        bool reported = false;
        try
        {
            using HttpRequestMessage request = new(route.Method, route.Path) { Content = body?.ToContent() };
            if (route.AsApp) request.Headers.Authorization = new AuthenticationHeaderValue("Bot", token);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
            JsonElement json = await ReadAsync(response, ct).ConfigureAwait(false);
            reported = true;
            return Judge(route, bucket, response, json);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or DiscordFormatException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("{Method} {Template} got no answer: {Reason}", route.Method, route.Template, e.Message);
            return DiscordAnswer.Failed(new DiscordError(DiscordErrorKind.Unavailable, 0, 0, e.Message));
        }
        finally
        {
            if (!reported) limits.Answered(route, bucket, null, failed: true);
        }
    }

    private DiscordAnswer Judge(DiscordRoute route, RateBucket bucket, HttpResponseMessage response, JsonElement json)
    {
        HttpStatusCode status = response.StatusCode;
        string? scope = RateHeaders.Scope(response.Headers);
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (status == HttpStatusCode.TooManyRequests && scope != "shared")) invalid.Count();
        if (status == HttpStatusCode.TooManyRequests)
        {
            TimeSpan wait = RetryAfter(response, json);
            bool isGlobal = scope == "global" || response.Headers.Contains("X-RateLimit-Global");
            limits.Refused(route, bucket, wait, isGlobal);
            log.LogInformation("{Method} {Template} must wait {Wait}", route.Method, route.Template, wait);
            return DiscordAnswer.Failed(DiscordErrors.From(status, json) with { RetryAfter = wait });
        }

        limits.Answered(route, bucket, RateHeaders.Read(response.Headers), failed: !response.IsSuccessStatusCode);
        if (response.IsSuccessStatusCode) return new DiscordAnswer(json, null);
        DiscordError error = DiscordErrors.From(status, json);
        log.LogWarning("{Method} {Template} failed with {Status}, code {Code}: {Detail}", route.Method, route.Template, error.Status, error.Code, error.Detail);
        return DiscordAnswer.Failed(error);
    }

    private static TimeSpan RetryAfter(HttpResponseMessage response, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("retry_after", out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double seconds) && RateHeaders.Seconds(seconds) is { } told)
        {
            return told;
        }

        // A proxy in front of Discord answers without JSON.
        return response.Headers.RetryAfter?.Delta ?? UnknownPause;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > MaxAnswerBytes) throw new DiscordFormatException("The answer is too large.");
        await using Stream stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        ArrayBufferWriter<byte> buffer = new();
        while (true)
        {
            int read = await stream.ReadAsync(buffer.GetMemory(16 * 1024), ct).ConfigureAwait(false);
            if (read == 0) break;
            buffer.Advance(read);
            if (buffer.WrittenCount > MaxAnswerBytes) throw new DiscordFormatException("The answer is too large.");
        }

        if (buffer.WrittenCount == 0) return default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            // Pages of proxies are HTML: the status says all there is to know.
            return response.IsSuccessStatusCode ? throw new DiscordFormatException("The answer is no JSON.", e) : default;
        }
    }
}
