using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Tests.Hosting;

/// <summary>Clients whose connection is reset, at every moment of a request, against real sockets and the real model.</summary>
public sealed class VanishedClientsTests
{
    private const string Long = """{"input":{"prompt":"a red house","pipeline_params":{"num_inference_steps":50}}}""";
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_that_vanish_leave_nothing_behind()
    {
        await using var endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, Batch = 4, Queue = 100 });
        var before = Sockets();
        var random = new Random(7);
        string[] requests =
        [
            "POST /predictions HTTP/1.1\r\nHost: a",
            Head("POST /predictions", Long.Length),
            Head("POST /predictions", Long.Length) + Long[..30],
            Head("POST /predictions", Long.Length) + Long,
            Head("POST /predictions", Long.Length, "Accept: text/event-stream\r\n") + Long,
            Whole("POST /generate", """{"prompt":"a","pipeline_params":{"num_inference_steps":50}}"""),
            Whole("POST /generate", """{"prompt_input":"a red house","max_tokens":60,"stream":true}"""),
            Whole("POST /generate", """{"prompt_input":"a red house","max_tokens":60}"""),
            Whole("POST /v1/images/generations", """{"prompt":"a","n":10,"steps":50}"""),
        ];

        // Some are reset at once, some while they wait, some in the middle of an answer.
        var sockets = new List<Socket>();
        for (var i = 0; i < 90; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0), NoDelay = true };
            await socket.ConnectAsync(endpoint.Client.BaseAddress!.Host, endpoint.Client.BaseAddress.Port, Now);
            await socket.SendAsync(Encoding.UTF8.GetBytes(requests[i % requests.Length]), Now);
            if (random.Next(3) == 0) socket.Dispose();
            else sockets.Add(socket);
        }
        foreach (var socket in sockets.OrderBy(_ => random.Next())) socket.Dispose();

        var lanes = endpoint.Services.GetRequiredService<WorkLanes>();
        while (lanes.Images.Inside + lanes.Texts.Inside > 0) await Task.Delay(5, Now);
        while (Sockets() > before) await Task.Delay(5, Now);
        Assert.NotEmpty(await endpoint.PaintAsync("""{"prompt":"a","pipeline_params":{"num_inference_steps":2}}"""));
        // Whatever still held a model would hold it for ever.
        foreach (var model in endpoint.Store.Served.Select(folder => folder.Manifest.Name).ToArray())
        {
            using var removed = await endpoint.Client.DeleteAsync($"/models/{model}", Now);
            removed.EnsureSuccessStatusCode();
            while ((int)(await endpoint.Client.GetAsync($"/health/model/{model}", Now)).StatusCode != 404) await Task.Delay(5, Now);
        }
    }

    private static int Sockets() => OperatingSystem.IsLinux()
        ? Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true) : 0;

    private static string Whole(string line, string body) => Head(line, body.Length) + body;

    private static string Head(string line, int length, string more = "") => $"{line} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{more}Content-Length: {length}\r\n\r\n";
}
