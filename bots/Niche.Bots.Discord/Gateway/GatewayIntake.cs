using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bots.Discord.Interactions;
using Niche.Bots.Discord.Rest;

namespace Niche.Bots.Discord.Gateway;

/// <summary>
/// Interactions over the gateway, for hosts without a public address. Many are taken in at once; when more wait than memory should hold, the gateway is not read
/// until some are done, so that none is lost.
/// </summary>
public sealed class GatewayIntake : BackgroundService
{
    private const int MaxWaiting = 2000;
    private const int Workers = 32;

    // Later than this an interaction is void anyhow.
    private static readonly TimeSpan CallbackPatience = TimeSpan.FromSeconds(2);

    private readonly Channel<GatewayFrame> _waiting = Channel.CreateBounded<GatewayFrame>(new BoundedChannelOptions(MaxWaiting) { SingleWriter = true });
    private readonly InteractionReception _reception;
    private readonly DiscordRest _rest;
    private readonly ILogger<GatewayIntake> _log;
    private readonly GatewayShard _shard;

    /// <summary>Wires a shard.</summary>
    public GatewayIntake(
        IOptions<DiscordOptions> options, InteractionReception reception, DiscordRest rest, GatewayPauses pauses, Random random, TimeProvider time,
        ILoggerFactory logs)
    {
        (_reception, _rest, _log) = (reception, rest, logs.CreateLogger<GatewayIntake>());
        GatewayOptions gateway = new()
        {
            Token = options.Value.Token, Shard = options.Value.Shard, ShardCount = options.Value.ShardCount, Pauses = pauses,
        };
        _shard = new GatewayShard(gateway, LocateAsync, OnEventAsync, random, time, logs.CreateLogger<GatewayShard>());
    }

    /// <summary>Events come in.</summary>
    public bool IsReady => _shard.IsReady;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task[] workers = [.. Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken))];
        try
        {
            await _shard.RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            // The other platforms of this process go on.
            _log.LogCritical("{Reason} The Discord bot stays off until the configuration is changed", e.Message);
        }
        finally
        {
            _waiting.Writer.TryComplete();
            await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ValueTask OnEventAsync(GatewayFrame frame, CancellationToken ct) =>
        frame.Event == "INTERACTION_CREATE" ? _waiting.Writer.WriteAsync(frame, ct) : ValueTask.CompletedTask;

    private async Task WorkAsync(CancellationToken ct)
    {
        await foreach (GatewayFrame frame in _waiting.Reader.ReadAllAsync(ct).ConfigureAwait(false)) await TakeAsync(frame, ct).ConfigureAwait(false);
    }

    private async Task TakeAsync(GatewayFrame frame, CancellationToken ct)
    {
        try
        {
            DiscordInteraction interaction = InteractionReader.Read(frame.Data);
            if (await _reception.TakeAsync(interaction, ct).ConfigureAwait(false) is not { } callback) return;
            DiscordRoute route = DiscordRoute.Callback(interaction.Id, interaction.Token);
            // One that may have arrived is sent again: Discord takes the first and refuses the second.
            await _rest.SendAsync(route, new DiscordBody(callback), CallbackPatience, ct, isRepeatable: true).ConfigureAwait(false);
        }
        catch (DiscordFormatException e)
        {
            _log.LogWarning("The gateway sent an interaction that does not fit: {Reason}", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // One that cannot be taken must not stop those behind it; its user sees that nothing answered.
            _log.LogError(e, "An interaction could not be taken");
        }
    }

    private async Task<GatewayAddress> LocateAsync(CancellationToken ct)
    {
        DiscordAnswer answer = await _rest.SendAsync(DiscordRoute.Gateway(), null, TimeSpan.FromSeconds(30), ct).ConfigureAwait(false);
        if (answer.Error is { Kind: DiscordErrorKind.Unauthorized }) throw new GatewayException("Discord does not know the token.");
        if (!answer.IsSuccess) return new GatewayAddress(null, 0, TimeSpan.Zero);
        try
        {
            return GatewayAddress.Read(answer.Value);
        }
        catch (DiscordFormatException e)
        {
            _log.LogWarning("Discord did not tell where the gateway is: {Reason}", e.Message);
            return new GatewayAddress(null, 0, TimeSpan.Zero);
        }
    }
}
