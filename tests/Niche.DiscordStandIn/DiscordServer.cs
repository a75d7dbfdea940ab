using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.DiscordStandIn.Description;
using Niche.DiscordStandIn.Gateway;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.Limits;
using Niche.DiscordStandIn.Rest;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn;

/// <summary>
/// Discord on a port of the loopback, strictly: API, gateway, content servers, and the sender of interactions. What the official description or the limits do not allow is
/// refused as Discord refuses it, and kept in <see cref="Faults"/>.
/// </summary>
public sealed class DiscordServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StandInOptions _options;
    private readonly CallCheck? _check;
    private readonly CallTable _calls;

    private DiscordServer(WebApplication app, StandInOptions options)
    {
        (_app, _options) = (app, options);
        _check = options.Description is { } description ? new CallCheck(description) : null;
        World = new StandInWorld(options.Time);
        Limits = new LimitGate(options);
        Make = new InteractionMaker(World);
        Sender = new InteractionSender(options.Time, TakeInline);
        Gateway = new GatewayServer(Token, options, World, () => GatewayAddress);
        App = new AppCalls(World, Sender.PublicKey, () => GatewayAddress);
        _calls = new CallTable(World, App, options);
    }

    /// <summary>Token of the app.</summary>
    public string Token => "stand-in.token.that-is-no-secret";

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Base of the API.</summary>
    public Uri ApiBase => new(Url, "api/v10/");

    /// <summary>Channels, people, messages, files, interactions.</summary>
    public StandInWorld World { get; }

    /// <summary>Rate limits.</summary>
    public LimitGate Limits { get; }

    /// <summary>Makes interactions.</summary>
    public InteractionMaker Make { get; }

    /// <summary>Sends interactions over HTTP.</summary>
    public InteractionSender Sender { get; }

    /// <summary>The gateway.</summary>
    public GatewayServer Gateway { get; }

    /// <summary>The app and its commands.</summary>
    public AppCalls App { get; }

    /// <summary>Calls in order of their answers.</summary>
    public ConcurrentQueue<JournalEntry> Journal { get; } = new();

    /// <summary>What the app did that Discord does not allow, and what the stand-in itself answered wrongly.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Set: called before each call is judged; true breaks its connection.</summary>
    public Func<string, bool>? Breaks { get; set; }

    /// <summary>Set: the next answers are these bytes instead of what is due, taken one by one.</summary>
    public ConcurrentQueue<(int Status, string Body)> Disturbances { get; } = new();

    private string GatewayAddress => $"ws://{Url.Authority}/gateway/";

    /// <summary>Starts on a free port.</summary>
    public static async Task<DiscordServer> StartAsync(StandInOptions? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = CallReader.MaxBody);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        DiscordServer server = new(app, options ?? new StandInOptions());
        app.UseWebSockets();
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        server.World.FileBase = new Uri(server.Url, "cdn/").AbsoluteUri;
        return server;
    }

    /// <summary>Calls of an operation.</summary>
    public IReadOnlyList<JournalEntry> CallsOf(string operation) => [.. Journal.Where(entry => entry.Operation == operation)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Sender.Dispose();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (path.StartsWith("/gateway", StringComparison.Ordinal) && context.WebSockets.IsWebSocketRequest)
        {
            if (context.Request.QueryString.Value != "?v=10&encoding=json") Faults.Enqueue($"the gateway was called with {context.Request.QueryString}");
            await Gateway.RunAsync(await context.WebSockets.AcceptWebSocketAsync(), context.RequestAborted);
        }
        else if (path.StartsWith("/cdn/", StringComparison.Ordinal))
        {
            await ServeFileAsync(context, path);
        }
        else
        {
            await AnswerApiAsync(context, path);
        }
    }

    private async Task ServeFileAsync(HttpContext context, string path)
    {
        bool isKnown = ulong.TryParse(path.Split('/') is { Length: > 4 } parts ? parts[4] : "", out ulong id) && World.Files.ContainsKey(id) && context.Request.Query.ContainsKey("hm");
        context.Response.StatusCode = isKnown ? 200 : 404;
        if (!isKnown) return;
        context.Response.ContentType = World.Files[id].ContentType;
        await context.Response.Body.WriteAsync(World.Files[id].Content);
    }

    private async Task AnswerApiAsync(HttpContext context, string path)
    {
        string below = path.StartsWith("/api/v10/", StringComparison.Ordinal) ? path[9..] : path;
        if (Breaks?.Invoke($"{context.Request.Method} {below}") == true)
        {
            context.Abort();
            return;
        }

        if (Disturbances.TryDequeue(out (int Status, string Body) disturbance))
        {
            context.Response.StatusCode = disturbance.Status;
            await context.Response.WriteAsync(disturbance.Body);
            return;
        }

        if (Limits.IsBanned || !context.Request.Headers.UserAgent.ToString().StartsWith("DiscordBot (", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("<html>error code: 1015</html>");
            return;
        }

        ApiAnswer answer = await DecideAsync(context, below);
        if (answer.Status is 401 or 403 or 429) Limits.CountInvalid();
        context.Response.StatusCode = answer.Status;
        if (answer.Json is not null) await context.Response.WriteAsJsonAsync(answer.Json, context.RequestAborted);
    }

    private async Task<ApiAnswer> DecideAsync(HttpContext context, string path)
    {
        if (CallTable.Match(context.Request.Method, path) is not { } match)
        {
            Faults.Enqueue($"{context.Request.Method} {path} is not played");
            return ApiAnswer.Error(404, 0, "404: Not Found");
        }

        string? authorization = context.Request.Headers.Authorization;
        if (match.Template.IsOfApp && authorization != $"Bot {Token}") return ApiAnswer.Error(401, 0, "401: Unauthorized");
        if (!match.Template.IsOfApp && authorization is not null) Faults.Enqueue($"{match.Template.Operation} carried the app's token, which it does not need");
        if (Limit(context, match) is { } refusal) return refusal;
        ApiCall call;
        try
        {
            call = await CallReader.ReadAsync(context.Request, path, context.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            return ApiAnswer.Error(413, 40005, "Request entity too large");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            Faults.Enqueue($"{match.Template.Operation}: {e.Message}");
            return ApiAnswer.Error(400, 50109, "The request body contains invalid JSON.");
        }

        ApiAnswer answer = Judge(match, call);
        Journal.Enqueue(new JournalEntry(_options.Time.GetUtcNow(), match.Template.Operation, call, answer));
        return answer;
    }

    private ApiAnswer Judge(CallMatch match, ApiCall call)
    {
        if (_options.Description?.Match(call.Method, call.Path) is not { } described) return Play(match, call);
        IReadOnlyList<Fault> faults = _check!.CheckCall(described.Operation, described.Parameters, call);
        if (described.Operation.Id != match.Template.Operation) faults = [.. faults, new Fault("", $"is {described.Operation.Id} in the description")];
        if (faults.Count > 0)
        {
            Faults.Enqueue($"{match.Template.Operation}: {string.Join("; ", faults)}");
            return ApiAnswer.Invalid(faults);
        }

        ApiAnswer answer = Play(match, call);
        foreach (Fault own in _check.CheckAnswer(described.Operation, answer)) Faults.Enqueue($"the stand-in's answer to {described.Operation.Id}: {own}");
        return answer;
    }

    private ApiAnswer Play(CallMatch match, ApiCall call)
    {
        ApiAnswer answer = _calls.Play(match, call);
        if (answer.Status == 400) Faults.Enqueue($"{match.Template.Operation}: {answer.Json?.ToJsonString()}");
        return answer;
    }

    private ApiAnswer? Limit(HttpContext context, CallMatch match)
    {
        LimitVerdict verdict = Limits.Judge($"{match.Template.Operation}|{match.Major}", match.Template.IsOfApp);
        IHeaderDictionary headers = context.Response.Headers;
        string reset = verdict.ResetAfter.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
        headers["X-RateLimit-Bucket"] = verdict.Bucket;
        headers["X-RateLimit-Limit"] = verdict.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset-After"] = reset;
        headers["X-RateLimit-Reset"] = (_options.Time.GetUtcNow() + verdict.ResetAfter).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (verdict.IsAllowed) return null;
        headers["X-RateLimit-Scope"] = verdict.Scope;
        headers.RetryAfter = Math.Ceiling(verdict.ResetAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (verdict.Scope == "global") headers["X-RateLimit-Global"] = "true";
        return new ApiAnswer(429, new JsonObject
        {
            ["message"] = "You are being rate limited.", ["code"] = 0, ["retry_after"] = Math.Round(verdict.ResetAfter.TotalSeconds, 3), ["global"] = verdict.Scope == "global",
        });
    }

    // A first answer that came as the answer to the request: held to the same rules.
    private string TakeInline(OpenInteraction interaction, JsonObject callback)
    {
        ApiCall call = new("POST", $"interactions/{interaction.Id}/{interaction.Token}/callback", new Dictionary<string, string>(), false,
            JsonSerializer.SerializeToElement(callback), new Dictionary<int, UploadedFile>());
        ApiAnswer answer = Judge(CallTable.Match(call.Method, call.Path)!, call);
        return answer.Status < 400 ? "" : answer.Json!.ToJsonString();
    }
}
