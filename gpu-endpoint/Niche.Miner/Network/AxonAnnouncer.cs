using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Niche.Bittensor.Chain;

namespace Niche.Miner.Network;

/// <summary>Publishes once where the axon listens, as soon as it does, and tries again until the chain takes it.</summary>
internal sealed class AxonAnnouncer(
    ISubtensor chain, MinerOptions options, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AxonAnnouncer> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ExternalIp is not { } ip) return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;

        var axon = new AxonEndpoint(ip, options.ExternalPort ?? ListeningPort(), options.Hotkey.Address);
        var backOff = new BackOff(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(60), new Random());
        while (!await TryAsync(axon, stoppingToken)) await Task.Delay(backOff.Next(), time, stoppingToken);
        log.LogInformation("The chain knows the axon at {Ip}:{Port}.", axon.Ip, axon.Port);
    }

    private async Task<bool> TryAsync(AxonEndpoint axon, CancellationToken ct)
    {
        try
        {
            // Announcements are rate limited on a chain: one that says nothing new would only be refused.
            var metagraph = await chain.GetMetagraphAsync(options.Netuid, ct);
            if (metagraph.FindByHotkey(axon.Hotkey)?.Axon is { } known && known.Ip == axon.Ip && known.Port == axon.Port) return true;
            var result = await chain.ServeAxonAsync(options.Netuid, axon, options.Hotkey, ct);
            if (!result.Success) log.LogWarning("The chain did not take the axon: {Reason}", result.Error);
            return result.Success;
        }
        catch (SubtensorException fault)
        {
            log.LogWarning("The axon could not be announced: {Reason}", fault.Message);
            return false;
        }
    }

    private int ListeningPort() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => BindingAddress.Parse(address).Port).FirstOrDefault() ?? 0;
}
