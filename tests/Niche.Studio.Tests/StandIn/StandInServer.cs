using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Niche.Studio.Tests.StandIn;

/// <summary>The real wwwroot on Kestrel, with the validator's HTTP contract played by the test.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    // As the validator's functions send it with every file of Studio.
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private readonly WebApplication _app;
    private readonly Channel<StandInJob> _arrivals = Channel.CreateUnbounded<StandInJob>();

    private StandInServer(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>What /v1/miners tells.</summary>
    public StandInNetwork Network { get; } = new();

    /// <summary>What /v1/models tells.</summary>
    public StandInModels Models { get; } = new();

    /// <summary>Verdicts and bytes of the pictures.</summary>
    public StandInReceipts Receipts { get; } = new();

    /// <summary>The account of the one good key.</summary>
    public StandInAccount Account { get; } = new();

    /// <summary>All jobs by id.</summary>
    public ConcurrentDictionary<string, StandInJob> Jobs { get; } = new();

    /// <summary>Paths that were asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Set: every submission is refused with this.</summary>
    public Refusal? Refuse { get; set; }

    /// <summary>Number of submissions that arrive but whose answer gets lost on the way.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>Set: no request of the API gets an answer, the connection breaks.</summary>
    public bool Down { get; set; }

    /// <summary>Starts on a free port of the loopback.</summary>
    public static async Task<StandInServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        StandInServer server = new(app);
        server.Map();
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>The next job that the page submits.</summary>
    public async Task<StandInJob> NextJobAsync(CancellationToken ct) => await _arrivals.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(60), ct);

    /// <summary>An order that the account made in a chat.</summary>
    public StandInJob OrderElsewhere(string prompt, string door)
    {
        JsonObject body = new()
        {
            ["model"] = "niche-scenes", ["prompt"] = prompt, ["count"] = 1, ["width"] = 128, ["height"] = 128, ["steps"] = 20, ["guidance"] = 4,
        };
        StandInJob job = new(Guid.NewGuid().ToString("N"), body, "");
        Jobs[job.Id] = job;
        Account.Orders.Insert(0, (job, door));
        return job;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        PhysicalFileProvider files = new(RepositoryPaths.Studio);
        _app.Use(HeadersAsync);
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        _app.MapGet("/v1/models", () => Results.Json(Models.View()));
        _app.MapGet("/v1/miners", () => Results.Json(Network.View()));
        _app.MapPost("/v1/jobs", SubmitAsync);
        _app.MapGet("/v1/jobs/{id}", ReadAsync);
        _app.MapDelete("/v1/jobs/{id}", Cancel);
        MapAccount();
        _app.MapGet("/v1/images/{id}/{file}", (string id, string file) => Find(id) is { } job
            ? Results.Bytes(Receipts.PictureOf(job, int.Parse(Path.GetFileNameWithoutExtension(file))), "image/png")
            : Refusal.NoJob.ToResult());
        _app.MapGet("/v1/receipts/{id}", (string id) => Find(id[..id.LastIndexOf('-')]) is { } job
            ? Results.Json(Receipts.View(id, job, int.Parse(id[(id.LastIndexOf('-') + 1)..])))
            : Refusal.NoReceipt.ToResult());
    }

    private void MapAccount()
    {
        IResult For(HttpContext context, Func<IResult> answer) => Account.Knows(context) ? answer() : StandInAccount.Refused.ToResult();
        _app.MapGet("/v1/account", (HttpContext context) => For(context, () => Results.Json(Account.View())));
        _app.MapGet("/v1/history", (HttpContext context, string? before, int limit) => For(context, () => Results.Json(Account.Page(before, limit))));
        _app.MapDelete("/v1/link", (HttpContext context) => For(context, () =>
        {
            Account.Doors.RemoveAt(1);
            return Results.Json(Account.View());
        }));
        _app.MapDelete("/v1/keys/{id}", (HttpContext context) => For(context, () =>
        {
            Account.IsRevoked = true;
            return Results.Json(Account.View()["keys"]![0]);
        }));
        _app.MapPost("/v1/link", async (HttpContext context, CancellationToken ct) =>
        {
            JsonObject body = (await context.Request.ReadFromJsonAsync<JsonObject>(ct))!;
            bool isKnown = Account.Knows(context);
            if (body["code"] is null) return For(context, () => Results.Json(new JsonObject { ["code"] = StandInAccount.Code, ["say"] = "/link " + StandInAccount.Code, ["expires_in_seconds"] = 600 }));
            if ((string)body["code"]! != StandInAccount.Code) return new Refusal(400, "invalid_link_code", "The code is not valid", "The code is unknown, used, or too old.", "code").ToResult();
            if (isKnown) Account.Doors.Add("telegram");
            return Results.Json(new JsonObject { ["key"] = isKnown ? null : StandInAccount.Key, ["account"] = Account.View() });
        });
    }

    private async Task HeadersAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (Down && context.Request.Path.StartsWithSegments("/v1")) context.Abort();
        else await next(context);
    }

    private async Task<IResult> SubmitAsync(HttpContext context, CancellationToken ct)
    {
        JsonObject body = (await context.Request.ReadFromJsonAsync<JsonObject>(ct))!;
        if (Refuse is { } refusal) return refusal.ToResult(context);
        string key = context.Request.Headers["Idempotency-Key"].ToString();
        StandInJob? job = Jobs.Values.FirstOrDefault(known => known.IdempotencyKey == key);
        if (job is null)
        {
            job = new StandInJob(Guid.NewGuid().ToString("N"), body, key);
            Jobs[job.Id] = job;
            if (Account.Knows(context)) Account.Orders.Insert(0, (job, "api"));
            await _arrivals.Writer.WriteAsync(job, ct);
        }

        if (AnswersToLose-- > 0) context.Abort();
        return Results.Json(job.View(), statusCode: 202);
    }

    private async Task<IResult> ReadAsync(string id, HttpContext context)
    {
        if (Find(id) is not { } job) return Refusal.NoJob.ToResult();
        string prefer = context.Request.Headers["Prefer"].ToString();
        if (prefer.StartsWith("wait=", StringComparison.Ordinal) && (string)job.View()["status"]! is "queued" or "running")
            await job.WaitAsync(TimeSpan.FromSeconds(int.Parse(prefer[5..])), context.RequestAborted);
        return Results.Json(job.View());
    }

    private IResult Cancel(string id)
    {
        if (Find(id) is not { } job) return Refusal.NoJob.ToResult();
        job.Cancel();
        return Results.Json(job.View());
    }

    private StandInJob? Find(string id) => Jobs.GetValueOrDefault(id);
}
