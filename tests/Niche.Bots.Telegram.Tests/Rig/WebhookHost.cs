using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Bots.Telegram.Webhook;

namespace Niche.Bots.Telegram.Tests.Rig;

/// <summary>The webhook on a port, as a function app has it.</summary>
internal sealed class WebhookHost(WebApplication app) : IAsyncDisposable
{
    public Uri Url => new(app.Urls.First() + "/telegram");

    public static async Task<WebhookHost> StartAsync(Func<TelegramWebhook> webhook, CancellationToken ct)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPost("/telegram", async (HttpContext context) =>
            context.Response.StatusCode = await webhook().ReceiveAsync(context.Request, context.RequestAborted));
        await app.StartAsync(ct);
        return new WebhookHost(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
