using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Tests.Rig;

/// <summary>The endpoint on a socket: headers and bytes in, status and bytes out, as the HTTP function does it.</summary>
public sealed class EndpointServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EndpointServer(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    public static async Task<EndpointServer> StartAsync(InteractionEndpoint endpoint)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.Run(async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            InteractionReply reply = await endpoint.AnswerAsync(
                context.Request.Headers[InteractionVerifier.SignatureHeader], context.Request.Headers[InteractionVerifier.TimestampHeader], body.ToArray(), context.RequestAborted);
            context.Response.StatusCode = reply.Status;
            if (reply.Json.Length > 0) context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(reply.Json, context.RequestAborted);
        });
        await app.StartAsync();
        return new EndpointServer(app) { Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
