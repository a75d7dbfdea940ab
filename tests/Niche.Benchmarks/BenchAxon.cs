using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Benchmarks;

/// <summary>An axon whose handlers do nothing, on loopback ports, with its nonces in a file; and beside it a route that only takes a body in.</summary>
internal sealed class BenchAxon : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private BenchAxon(WebApplication app, DirectoryInfo folder, Keypair hotkey) => (_app, _folder, Hotkey) = (app, folder, hotkey);

    public Keypair Hotkey { get; }

    public int[] Ports => [.. _app.Urls.Select(url => new Uri(url).Port)];

    public static async Task<BenchAxon> StartAsync(int ports, CancellationToken ct)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("niche-bench-");
        Keypair hotkey = Keypair.FromUri("//bench//axon");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureAxonLimits(new AxonLimits { MaxConnectionsPerAddress = 4096 });
            for (int i = 0; i < ports; i++) kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddAxon(axon =>
        {
            axon.Hotkey = hotkey;
            axon.MaxConcurrentHandlers = 1024;
            axon.NonceFile = Path.Combine(folder.FullName, "nonces");
            axon.Attach<Bench>((bench, _, _) => Task.FromResult(AxonReply.Success(bench)));
            axon.Attach<Upload>((upload, _, _) => Task.FromResult(AxonReply.Success(upload with { Text = null })));
            axon.Attach<Pause>(async (pause, _, stop) =>
            {
                await Task.Delay(pause.Milliseconds, stop).ConfigureAwait(false);
                return AxonReply.Success(pause);
            });
        });
        WebApplication app = builder.Build();
        app.MapPost("/Raw", TakeAsync);
        app.MapAxon();
        await app.StartAsync(ct).ConfigureAwait(false);
        return new BenchAxon(app, folder, hotkey);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        Hotkey.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task TakeAsync(HttpContext http)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted).ConfigureAwait(false) > 0)
        {
        }

        ArrayPool<byte>.Shared.Return(buffer);
        http.Response.ContentLength = 2;
        await http.Response.BodyWriter.WriteAsync("ok"u8.ToArray(), http.RequestAborted).ConfigureAwait(false);
    }

    [RequiredHashFields("text")]
    internal sealed record Bench : Synapse
    {
        public required string Text { get; init; }
    }

    internal sealed record Upload : Synapse
    {
        public LargeText? Text { get; init; }
    }

    internal sealed record Pause : Synapse
    {
        public required int Milliseconds { get; init; }
    }
}
