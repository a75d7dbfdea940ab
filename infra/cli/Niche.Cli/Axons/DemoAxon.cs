using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Cli.Axons;

/// <summary>An axon that answers pings and echoes.</summary>
internal static class DemoAxon
{
    private const int MaxText = 4096;

    public static WebApplication Build(IPEndPoint listen, Keypair hotkey, Action<DemoCall> seen, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureAxonLimits();
            kestrel.Listen(listen);
        });
        builder.Services.AddAxon(axon =>
        {
            axon.Hotkey = hotkey;
            axon.TimeProvider = time;
            axon.MaxBodyBytes = 1 << 20;
            axon.Attach<Synapse>((ping, caller, _) => Answer(nameof(Synapse), caller, AxonReply.Success(ping)));
            axon.Attach<Echo>((echo, caller, _) => Answer(nameof(Echo), caller, echo.Text.Length > MaxText
                ? AxonReply.Failure<Echo>(400, $"At most {MaxText} characters.")
                : AxonReply.Success(echo with { Answer = echo.Text })));
        });
        var app = builder.Build();
        app.MapAxon();
        return app;

        Task<AxonReply<T>> Answer<T>(string name, AxonCaller caller, AxonReply<T> reply)
            where T : Synapse
        {
            seen(new DemoCall(time.GetLocalNow(), name, caller.Hotkey, caller.RemoteIp));
            return Task.FromResult(reply);
        }
    }
}
