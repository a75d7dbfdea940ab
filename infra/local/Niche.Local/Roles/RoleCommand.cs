using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Niche.Attacks;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Functions.Local;
using Niche.GpuEndpoint;
using Niche.Local.Supervision;
using Niche.Miner;

namespace Niche.Local.Roles;

/// <summary>The processes of the box: this program, started again by itself. Hidden, because nobody needs to call it by hand.</summary>
internal static class RoleCommand
{
    /// <summary>The command <c>role functions|endpoint|miner</c>.</summary>
    public static Command Create()
    {
        Command role = new("role", "One process of the box.") { Hidden = true };
        role.Add(Functions());
        role.Add(Endpoint());
        role.Add(Miner());
        return role;
    }

    private static Command Functions()
    {
        Command command = new("functions", "The validator: API, Studio, timers and queues.");
        Option<string> urls = new("--urls") { Required = true };
        command.Add(urls);
        command.SetAction(async (parsed, ct) =>
        {
            using IHost host = LocalFunctionsHost.Build(["--urls", parsed.GetRequiredValue(urls)]);
            ParentWatch.Attach(host.Services.GetRequiredService<IHostApplicationLifetime>());
            await host.RunAsync(ct).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Endpoint()
    {
        Command command = new("endpoint", "A GPU endpoint.");
        Option<string> urls = new("--urls") { Required = true };
        command.Add(urls);
        command.SetAction(async (parsed, ct) =>
        {
            await using WebApplication app = EndpointHost.Build(new EndpointOptions { Urls = [parsed.GetRequiredValue(urls)] });
            ParentWatch.Attach(app.Lifetime);
            await app.RunAsync(ct).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Miner()
    {
        Command command = new("miner", "A miner with an endpoint of its own; the hotkey's secret comes in NICHE_HOTKEY.");
        Option<string> kind = new("--kind") { Required = true }, urls = new("--urls") { Required = true };
        Option<string> endpointUrls = new("--endpoint-urls") { Required = true };
        Option<string> chain = new("--chain") { Required = true };
        Option<int> round = new("--round") { Required = true };
        foreach (Option option in new Option[] { kind, urls, endpointUrls, chain, round }) command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            string secret = Environment.GetEnvironmentVariable("NICHE_HOTKEY") ?? throw new BoxException("NICHE_HOTKEY is missing.");
            using Keypair hotkey = Keypair.FromUri(secret);
            EndpointOptions endpoint = new()
            {
                Urls = [parsed.GetRequiredValue(endpointUrls)],
                Only = [Inference.Models.ModelKind.Image, Inference.Models.ModelKind.Text],
            };
            MinerOptions options = new()
            {
                Hotkey = hotkey,
                Endpoints = [new Uri(parsed.GetRequiredValue(endpointUrls))],
                Chain = ChainAddress.Parse(parsed.GetRequiredValue(chain)),
                Urls = [parsed.GetRequiredValue(urls)],
                Netuid = LocalChain.Netuid,
                TotalVolume = 256,
                Interval = TimeSpan.FromSeconds(parsed.GetRequiredValue(round)),
                ExternalIp = "127.0.0.1",
                MetagraphInterval = TimeSpan.FromSeconds(15),
            };
            await RunAsync(parsed.GetRequiredValue(kind), endpoint, options, ct).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task RunAsync(string kind, EndpointOptions endpointOptions, MinerOptions options, CancellationToken ct)
    {
        await using WebApplication endpoint = EndpointHost.Build(endpointOptions);
        await using WebApplication miner = kind == "honest" ? MinerHost.Build(options) : AttackHost.Build(kind, options);
        await endpoint.StartAsync(ct).ConfigureAwait(false);
        ParentWatch.Attach(miner.Lifetime);
        await miner.RunAsync(ct).ConfigureAwait(false);
        await endpoint.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
