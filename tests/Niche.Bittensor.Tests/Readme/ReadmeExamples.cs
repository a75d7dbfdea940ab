using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Readme;

/// <summary>The examples of the project's README, compiled and run.</summary>
public static class ReadmeExamples
{
    public static WebApplication Miner(string[] args)
    {
        // <miner>
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureAxonLimits());
        builder.Services.AddAxon(axon =>
        {
            axon.Hotkey = Keypair.FromUri(builder.Configuration["HotkeyUri"] ?? "//Bob");
            axon.Attach<Shout>(
                async (shout, caller, ct) =>
                {
                    if (shout.Text.Length > 1000) return AxonReply.Failure<Shout>(400, "At most 1000 characters.");
                    await Task.Delay(10, ct);
                    return AxonReply.Success(shout with { Answer = shout.Text.ToUpperInvariant() });
                },
                blacklist: (caller, ct) => ValueTask.FromResult(
                    caller.Version < 7_002_000 ? BlacklistDecision.Refuse("too old") : BlacklistDecision.Allow));
        });
        var app = builder.Build();
        app.MapAxon();
        // </miner>
        return app;
    }

    public static async Task<string> ValidatorAsync(AxonEndpoint[] miners, CancellationToken ct)
    {
        var lines = new StringWriter();

        // <validator>
        using var hotkey = Keypair.FromUri("//Alice");
        using var http = new HttpClient(DendriteClient.CreateHandler());
        var dendrite = new DendriteClient(hotkey, http, TimeProvider.System);
        var results = await dendrite.CallManyAsync(miners, new Shout { Text = "hello" }, TimeSpan.FromSeconds(12), ct);
        foreach (var result in results)
            lines.WriteLine(result.IsSuccess
                ? $"{result.Axon.Hotkey}: {result.Response.Answer} after {result.ProcessTime.TotalSeconds:F2} s"
                : $"{result.Axon.Hotkey}: {result.Outcome} {result.StatusCode} {result.StatusMessage}");
        // </validator>
        return lines.ToString();
    }

    public static async Task<string> ChainAsync(string[] nodes, Keypair hotkey, CancellationToken ct)
    {
        var lines = new StringWriter();

        // <chain>
        var options = new SubtensorOptions { Endpoints = nodes }; // ["finney"], or addresses of nodes, the preferred one first
        using var http = new HttpClient(HttpRpcConnection.CreateHandler());
        await using var chain = SubtensorClient.Connect(options, http, TimeProvider.System, new Random());

        var metagraph = await chain.GetMetagraphAsync(netuid: 1, ct);
        foreach (var neuron in metagraph.Neurons)
            lines.WriteLine($"{neuron.Uid}: {neuron.Hotkey} {neuron.Stake:F1} TAO {neuron.Axon?.BaseAddress}");

        var axon = new AxonEndpoint("203.0.113.7", 8091, hotkey.Address);
        var served = await chain.ServeAxonAsync(netuid: 1, axon, hotkey, ct);
        lines.WriteLine(served.Success ? $"served in block {served.Block}" : $"{served.Outcome}: {served.Error} {served.Detail}");
        // </chain>
        return lines.ToString();
    }

    public static async Task<string> WeightsAsync(string[] nodes, Keypair hotkey, string file, CancellationToken ct)
    {
        var lines = new StringWriter();

        // <weights>
        var options = new SubtensorOptions { Endpoints = nodes, Commits = new FileWeightCommitStore(file) };
        using var http = new HttpClient(HttpRpcConnection.CreateHandler());
        await using var chain = SubtensorClient.Connect(options, http, TimeProvider.System, new Random());

        var rules = await chain.GetHyperparametersAsync(netuid: 1, ct);
        var (uids, values) = WeightNormaliser.Normalise([0, 1], [0.4, 0.6], rules.MaxWeightsLimit);
        var request = new WeightRequest(1, uids, values, VersionKey: 0);

        var plan = await chain.PlanWeightsAsync(request, hotkey.PublicKey.ToArray(), ct);
        lines.WriteLine(plan.Describe()); // call, reason, arguments, bytes, reveal, what speaks against it; nothing is sent

        var result = await chain.SendWeightsAsync(request, hotkey, ct);
        lines.WriteLine(result.Success ? $"{result.Step} by {result.Call}" : $"{result.Error}: {result.Extrinsic.Detail}");
        foreach (var reveal in await chain.RevealWeightsAsync(netuid: 1, hotkey, ct)) // a few times per epoch
            lines.WriteLine($"{reveal.Step}: {reveal.Error}");
        // </weights>
        return lines.ToString();
    }
}
