using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Gateway;

/// <summary>One connection from Hello to its end.</summary>
/// <param name="options">How to connect.</param>
/// <param name="session">The session to go on with; null to begin one.</param>
/// <param name="onEvent">Takes events in order; while it waits nothing is read, and the connection lives on.</param>
/// <param name="random">For the first beat.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class GatewayConnection(
    GatewayOptions options, GatewaySession? session, Func<GatewayFrame, CancellationToken, ValueTask> onEvent, Random random, TimeProvider time, ILogger log)
{
    private const int MaxSessionId = 256;

    /// <summary>The session as it stands; null when none was begun, or it is void.</summary>
    public GatewaySession? Session { get; private set; } = session;

    /// <summary>True once the server took the session.</summary>
    public bool WasReady { get; private set; }

    /// <summary>Called when the server took the session.</summary>
    public Action? OnReady { get; init; }

    /// <summary>Connects and stays until the connection ends; throws only for cancellation and <see cref="GatewayException"/>.</summary>
    public async Task<Ending> RunAsync(Uri url, CancellationToken ct)
    {
        using ClientWebSocket client = new();
        using FrameSocket socket = new(client, options.MaxFrameBytes);
        try
        {
            return await LiveAsync(client, socket, url, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or DiscordFormatException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("The connection to the gateway broke: {Reason}", e.Message);
            return Judge(socket);
        }
    }

    private async Task<Ending> LiveAsync(ClientWebSocket client, FrameSocket socket, Uri url, CancellationToken ct)
    {
        TimeSpan interval;
        using (CancellationTokenSource patience = new(options.HelloPatience, time))
        using (CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token))
        {
            await client.ConnectAsync(new Uri(url, "?v=10&encoding=json"), either.Token).ConfigureAwait(false);
            if (await socket.ReceiveAsync(either.Token).ConfigureAwait(false) is not { } hello) return Judge(socket);
            interval = ReadHello(hello);
        }

        // Not bound to ct: a receive that is cancelled breaks the socket, and the goodbye could not be sent.
        using CancellationTokenSource over = new();
        Heart heart = new(interval, beat => socket.SendAsync(GatewayOpcode.Heartbeat, Session?.Sequence, beat), random, time);
        Task beating = heart.RunAsync(over.Token);
        Task<Ending> reading = ReadAsync(socket, heart, over.Token);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = ct.Register(stopped.SetResult);
        try
        {
            await IntroduceAsync(socket, ct).ConfigureAwait(false);
            Task first = await Task.WhenAny(beating, reading, stopped.Task).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            if (first == reading) return await reading.ConfigureAwait(false);
            await beating.ConfigureAwait(false);
            log.LogWarning("The gateway does not answer heartbeats; connecting again");
            return Ending.Resume;
        }
        finally
        {
            // 1000 ends the session and shows the bot as away at once; any other code keeps it.
            await socket.CloseAsync(ct.IsCancellationRequested ? (int)WebSocketCloseStatus.NormalClosure : CloseCodes.GivenUp).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(beating, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task IntroduceAsync(FrameSocket socket, CancellationToken ct)
    {
        if (Session is { } known)
        {
            await socket.SendAsync(GatewayOpcode.Resume, new JsonObject { ["token"] = options.Token, ["session_id"] = known.Id, ["seq"] = known.Sequence }, ct).ConfigureAwait(false);
            return;
        }

        await socket.SendAsync(GatewayOpcode.Identify, new JsonObject
        {
            ["token"] = options.Token,
            ["intents"] = options.Intents,
            ["shard"] = new JsonArray(options.Shard, options.ShardCount),
            ["properties"] = new JsonObject { ["os"] = Environment.OSVersion.Platform.ToString(), ["browser"] = "NicheFunctions", ["device"] = "NicheFunctions" },
        }, ct).ConfigureAwait(false);
    }

    private async Task<Ending> ReadAsync(FrameSocket socket, Heart heart, CancellationToken ct)
    {
        while (await socket.ReceiveAsync(ct).ConfigureAwait(false) is { } frame)
        {
            switch (frame.Opcode)
            {
                case GatewayOpcode.Dispatch:
                    heart.IsDeaf = true;
                    await TakeAsync(frame, ct).ConfigureAwait(false);
                    heart.IsDeaf = false;
                    break;
                case GatewayOpcode.Heartbeat:
                    await socket.SendAsync(GatewayOpcode.Heartbeat, Session?.Sequence, ct).ConfigureAwait(false);
                    break;
                case GatewayOpcode.HeartbeatAck:
                    heart.Answered();
                    break;
                case GatewayOpcode.Reconnect:
                    return Ending.Resume;
                case GatewayOpcode.InvalidSession when frame.Data.ValueKind == JsonValueKind.True:
                    return Ending.Resume;
                case GatewayOpcode.InvalidSession:
                    Session = null;
                    return Ending.Identify;
            }
        }

        return Judge(socket);
    }

    private async Task TakeAsync(GatewayFrame frame, CancellationToken ct)
    {
        if (frame.Event == "READY") Begin(new JsonView(frame.Data));
        bool isReady = frame.Event is "READY" or "RESUMED";
        if (!isReady) await onEvent(frame, ct).ConfigureAwait(false);
        // Only now: what was not taken comes again after a resume.
        if (frame.Sequence is { } sequence && Session is { } known) Session = known with { Sequence = Math.Max(known.Sequence, sequence) };
        if (!isReady) return;
        WasReady = true;
        OnReady?.Invoke();
    }

    private void Begin(JsonView ready)
    {
        string address = ready.RequiredText("resume_gateway_url", 512);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Scheme is not ("wss" or "ws"))
            throw new DiscordFormatException("The address to resume at is none.");
        Session = new GatewaySession(ready.RequiredText("session_id", MaxSessionId), url, 0);
    }

    private Ending Judge(FrameSocket socket)
    {
        Ending ending = CloseCodes.Judge(socket.CloseCode);
        if (ending == Ending.Fatal) throw new GatewayException($"Discord's gateway refuses this app: {CloseCodes.Explain(socket.CloseCode)}.");
        log.LogInformation("The gateway closed the connection: {Reason}", CloseCodes.Explain(socket.CloseCode));
        if (ending == Ending.Identify) Session = null;
        return ending;
    }

    private static TimeSpan ReadHello(GatewayFrame hello) =>
        hello is { Opcode: GatewayOpcode.Hello, Data.ValueKind: JsonValueKind.Object }
        && new JsonView(hello.Data).Integer("heartbeat_interval") is >= 10 and <= 3_600_000 and var interval
            ? TimeSpan.FromMilliseconds((double)interval)
            : throw new DiscordFormatException("The gateway did not say hello.");
}
