using System.Globalization;

namespace Niche.Local.Supervision;

/// <summary>The whole subnet, running: the ledger in this process, everything else in processes of its own.</summary>
internal sealed class Box : IAsyncDisposable
{
    private readonly LocalChain _chain;
    private readonly List<ChildProcess> _children;

    private Box(BoxPlan plan, LocalChain chain, List<ChildProcess> children) => (Plan, _chain, _children) = (plan, chain, children);

    /// <summary>Who plays.</summary>
    public BoxPlan Plan { get; }

    /// <summary>The processes by name.</summary>
    public IReadOnlyList<ChildProcess> Children => _children;

    /// <summary>Starts everything; it is not ready yet when this returns.</summary>
    public static async Task<Box> StartAsync(BoxOptions options, DataFolder data, CancellationToken ct)
    {
        if (!FreePorts.IsFree(options.Port))
            throw new BoxException($"Port {options.Port} is in use. Stop what listens there, or choose another with --port.");
        BoxKeys keys = BoxKeys.Open(data.Path);
        BoxPlan plan = BoxPlan.Create(options.Port, keys);
        TimeSpan round = TimeSpan.FromSeconds(options.RoundSeconds);
        LocalChain chain = await LocalChain.StartAsync(plan.Ledger, data.Path, round, keys, plan, ct).ConfigureAwait(false);
        List<ChildProcess> children = [];
        Box box = new(plan, chain, children);
        try
        {
            children.Add(Start(data, "functions", ["functions", "--urls", plan.Api.ToString()], FunctionSettings(options, data, keys, plan)));
            children.Add(Start(data, "reference", ["endpoint", "--urls", plan.Reference.ToString()], []));
            foreach (BoxMiner miner in plan.Miners)
                children.Add(Start(data, "miner-" + miner.Kind, MinerArguments(miner, plan, options), new() { ["NICHE_HOTKEY"] = miner.Secret }));
            return box;
        }
        catch
        {
            await box.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Throws when a process of the box ends before it is told to.</summary>
    public async Task WatchAsync(DataFolder data, CancellationToken ct)
    {
        Task<string> first = await Task.WhenAny(_children.Select(child => child.WaitForDeathAsync(ct))).ConfigureAwait(false);
        string death = await first.ConfigureAwait(false);
        throw new BoxException(data.IsKept ? $"{death}{Environment.NewLine}Its whole log is in {data.Logs}." : death);
    }

    /// <summary>Stops everything, the doors first, all of them at the same time.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_children.Select(child => child.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _chain.DisposeAsync().ConfigureAwait(false);
    }

    private static ChildProcess Start(DataFolder data, string name, string[] arguments, Dictionary<string, string> settings) =>
        ChildProcess.Start(name, Path.Combine(data.Logs, name + ".log"), ["role", .. arguments], settings);

    private static string[] MinerArguments(BoxMiner miner, BoxPlan plan, BoxOptions options) =>
    [
        "miner", "--kind", miner.Kind,
        "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{miner.AxonPort}"),
        "--endpoint-urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{miner.EndpointPort}"),
        "--chain", plan.Ledger.ToString(),
        "--round", options.RoundSeconds.ToString(CultureInfo.InvariantCulture),
    ];

    private static Dictionary<string, string> FunctionSettings(BoxOptions options, DataFolder data, BoxKeys keys, BoxPlan plan) => new()
    {
        ["Validator__HotkeySecret"] = keys.Validator,
        ["Validator__ChainEndpoint"] = plan.Ledger.ToString(),
        ["Validator__ReferenceEndpoint"] = plan.Reference.ToString(),
        ["Validator__RoundSeconds"] = options.RoundSeconds.ToString(CultureInfo.InvariantCulture),
        // On one laptop the reference endpoint has time to look at every picture, and a few synthetic requests show the market at work.
        ["Validator__OrganicAudit"] = "1",
        ["Validator__MaxSyntheticPerMiner"] = "3",
        // Everything in the box listens to this machine alone.
        ["Bots__Terminal"] = "true",
        // With Discord__Token or Telegram__Token set, the bots of the box are real ones: it opens the connections, for no laptop has a public address.
        ["Bots__Connect"] = "true",
        ["Storage__Path"] = Path.Combine(data.Path, "storage"),
        ["Schedules__SyncMetagraph"] = Schedules.Every(TimeSpan.FromSeconds(15)),
        ["Schedules__RefreshCapacity"] = Schedules.Every(TimeSpan.FromSeconds(15)),
        ["Schedules__QueryRound"] = Schedules.EachRound(options.RoundSeconds),
        ["Schedules__SetWeights"] = Schedules.Every(TimeSpan.FromSeconds(Math.Max(1, options.RoundSeconds / 6.0))),
    };
}
