using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.TelegramStandIn.Description;
using Niche.TelegramStandIn.Files;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.Methods;
using Niche.TelegramStandIn.Updates;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.TelegramStandIn;

/// <summary>A server that speaks the Bot API on a port of the loopback, strictly: what the description or the limits do not allow is refused and kept as a fault.</summary>
public sealed class TelegramServer : IAsyncDisposable
{
    private const long MaxBody = 60_000_000;
    private readonly WebApplication _app;
    private readonly StandInOptions _options;
    private readonly CallCheck? _check;
    private readonly TypeCheck? _types;
    private readonly SettingMethods _settings;
    private readonly Dictionary<string, Func<ApiCall, ApiAnswer>> _methods;
    private readonly List<Trouble> _troubles = [];

    private TelegramServer(WebApplication app, StandInOptions options)
    {
        _app = app;
        _options = options;
        _check = options.Description is { } description ? new CallCheck(description) : null;
        _types = options.Description is { } known ? new TypeCheck(known) : null;
        Feed = new UpdateFeed(options.Time);
        World = new StandInWorld(options.Time, Feed);
        Flood = new FloodGate(options.Limits);
        _settings = new SettingMethods(World, options.Time);
        SendMethods send = new(World, Flood);
        EditMethods edit = new(World, send);
        AnswerMethods answer = new(World);
        _methods = new(StringComparer.Ordinal)
        {
            ["getMe"] = _settings.Me, ["setMyCommands"] = _settings.SetCommands, ["getMyCommands"] = _settings.GetCommands,
            ["deleteMyCommands"] = _settings.DeleteCommands, ["getWebhookInfo"] = _settings.WebhookInfo, ["sendMessage"] = send.Message, ["sendPhoto"] = send.Photo,
            ["sendDocument"] = send.Document, ["sendMediaGroup"] = send.Album, ["sendMessageDraft"] = send.Draft, ["sendChatAction"] = send.Action,
            ["editMessageText"] = edit.Text, ["editMessageCaption"] = edit.Caption, ["editMessageMedia"] = edit.Media, ["editMessageReplyMarkup"] = edit.Markup,
            ["deleteMessage"] = edit.Delete, ["deleteMessages"] = edit.DeleteMany, ["answerCallbackQuery"] = answer.Callback, ["answerInlineQuery"] = answer.Inline,
            ["getChatMember"] = call => Target.Member(World, call), ["getFile"] = call => World.Files.Describe(call.Text("file_id")),
        };
    }

    /// <summary>Token of the bot.</summary>
    public string Token => "42:stand-in_token_that_is_no_secret";

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>People and chats.</summary>
    public StandInWorld World { get; }

    /// <summary>Updates that wait for the bot.</summary>
    public UpdateFeed Feed { get; }

    /// <summary>Limits on sending.</summary>
    public FloodGate Flood { get; }

    /// <summary>The webhook in use; null when the bot polls.</summary>
    public WebhookSender? Webhook => _settings.Webhook;

    /// <summary>Calls in order of arrival, long polls left out.</summary>
    public ConcurrentQueue<JournalEntry> Journal { get; } = new();

    /// <summary>What calls did that the description does not allow, and what answers said that it does not know.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Starts on a free port.</summary>
    public static async Task<TelegramServer> StartAsync(StandInOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<FormOptions>(form => (form.MultipartBodyLengthLimit, form.ValueLengthLimit) = (MaxBody, int.MaxValue));
        WebApplication app = builder.Build();
        TelegramServer server = new(app, options);
        app.Map("/bot{token}/{method}", server.CallAsync);
        app.MapGet("/file/bot{token}/{**path}", server.Download);
        await app.StartAsync().ConfigureAwait(false);
        server.Url = new Uri(app.Urls.First());
        return server;
    }

    /// <summary>Lets something go wrong.</summary>
    public void Add(Trouble trouble)
    {
        lock (_troubles) _troubles.Add(trouble);
    }

    /// <summary>Waits until there are calls as wanted.</summary>
    public Task<IReadOnlyList<JournalEntry>> UntilAsync(Func<IReadOnlyList<JournalEntry>, bool> wanted, CancellationToken ct) =>
        World.UntilAsync(() => Journal.ToArray() is var all && wanted(all) ? (IReadOnlyList<JournalEntry>)all : null, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Webhook is { } hook) await hook.DisposeAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IResult> CallAsync(string token, string method, HttpContext context, CancellationToken ct)
    {
        if (token != Token) return Answer(new ApiAnswer(401, null, "Unauthorized"));
        if (await CallReader.ReadAsync(context.Request, method, _options.Time.GetUtcNow(), ct).ConfigureAwait(false) is not { } call)
            return Answer(ApiAnswer.Bad("can't parse request JSON object"));
        Trouble? trouble = NextTrouble(call);
        if (trouble?.Kind == TroubleKind.BreakBefore)
        {
            context.Abort();
            return Results.Empty;
        }

        if (trouble?.Kind == TroubleKind.Garbage) return Results.Content("<html><body><h1>502 Bad Gateway</h1></body></html>", "text/html", statusCode: 502);
        ApiAnswer answer = trouble?.Answer ?? await RunAsync(call, ct).ConfigureAwait(false);
        if (method != "getUpdates") World.Change(() => Journal.Enqueue(new JournalEntry(call, answer)));
        if (trouble?.Kind == TroubleKind.LoseAnswer)
        {
            context.Abort();
            return Results.Empty;
        }

        return Answer(answer);
    }

    private async Task<ApiAnswer> RunAsync(ApiCall call, CancellationToken ct)
    {
        if (_check?.Faults(call) is { Count: > 0 } faults)
        {
            foreach (string fault in faults) Faults.Enqueue($"{call.Method}: {fault}");
            return ApiAnswer.Bad(string.Join("; ", faults));
        }

        ApiAnswer answer = call.Method switch
        {
            "getUpdates" => Webhook is null ? await Feed.PollAsync(call, ct).ConfigureAwait(false)
                : ApiAnswer.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"),
            "setWebhook" or "deleteWebhook" => await WebhookAsync(call).ConfigureAwait(false),
            _ => _methods.TryGetValue(call.Method, out Func<ApiCall, ApiAnswer>? method) ? World.Change(() => method(call)) : new ApiAnswer(404, null, "Not Found"),
        };
        if (answer.Status == 200 && _types?.Faults(answer.Result, _options.Description!.Methods[call.Method].Returns, "result") is { Count: > 0 } own)
            foreach (string fault in own) Faults.Enqueue($"answer to {call.Method}: {fault}");
        return answer;
    }

    private async Task<ApiAnswer> WebhookAsync(ApiCall call)
    {
        WebhookSender? old = null;
        ApiAnswer answer = World.Look(() => _settings.SetWebhook(call, out old));
        if (old is not null) await old.DisposeAsync().ConfigureAwait(false);
        return answer;
    }

    private Trouble? NextTrouble(ApiCall call)
    {
        lock (_troubles)
        {
            Trouble? trouble = _troubles.Find(one => one.Left > 0 && one.When(call));
            if (trouble is not null) trouble.Left--;
            return trouble;
        }
    }

    private IResult Download(string token, string path)
    {
        if (token != Token) return Results.NotFound();
        return World.Look(() => World.Files.At(path)) is { } file ? Results.Bytes(file.Content, "application/octet-stream") : Results.NotFound();
    }

    private static IResult Answer(ApiAnswer answer) => Results.Content(answer.Body().ToJsonString(), "application/json", statusCode: answer.Status);
}
