using System.Text;
using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.Updates;

/// <summary>Posts updates to the webhook, as many at once as the bot allows; what is not answered with success comes again after a while.</summary>
public sealed class WebhookSender : IAsyncDisposable
{
    /// <summary>Header with the secret.</summary>
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(1);
    private readonly UpdateFeed _feed;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private int _posts;

    internal WebhookSender(UpdateFeed feed, WebhookTarget target, TimeProvider time)
    {
        _feed = feed;
        _time = time;
        Target = target;
        _work = Task.WhenAll(Enumerable.Range(0, target.Connections).Select(_ => Task.Run(RunAsync)));
    }

    /// <summary>Where it sends.</summary>
    public WebhookTarget Target { get; }

    /// <summary>Requests made.</summary>
    public int Posts => _posts;

    /// <summary>Why the last delivery failed; null when none did.</summary>
    public string? LastError { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            JsonObject update = await _feed.TakeAsync(_stop.Token).ConfigureAwait(false);
            if (Target.Kinds is { Count: > 0 } kinds && !kinds.Any(update.ContainsKey)) continue;
            try
            {
                await DeliverAsync(update).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The webhook was set anew: the update waits for the next one.
                _feed.Repeat(update);
                throw;
            }
        }
    }

    private async Task DeliverAsync(JsonObject update)
    {
        TimeSpan wait = FirstWait;
        while (!await PostAsync(update).ConfigureAwait(false))
        {
            await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(false);
            wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
        }
    }

    private async Task<bool> PostAsync(JsonObject update)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Target.Url) { Content = new StringContent(update.ToJsonString(), Encoding.UTF8, "application/json") };
        if (Target.Secret is { } secret) request.Headers.Add(SecretHeader, secret);
        Interlocked.Increment(ref _posts);
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, _stop.Token).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode) return true;
            LastError = $"Wrong response from the webhook: {(int)answer.StatusCode} {answer.ReasonPhrase}";
        }
        catch (HttpRequestException e)
        {
            LastError = e.Message;
        }

        return false;
    }
}
