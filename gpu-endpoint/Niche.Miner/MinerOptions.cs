using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Subnet.Policy;

namespace Niche.Miner;

/// <summary>How one miner runs.</summary>
public sealed record MinerOptions
{
    /// <summary>The miner's hotkey; not disposed by the miner.</summary>
    public required Keypair Hotkey { get; init; }

    /// <summary>Base addresses of the GPU endpoints; at least one.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>Where the chain is: nodes of Subtensor, or a ledger that stands in for one.</summary>
    public required ChainAddress Chain { get; init; }

    /// <summary>Addresses to listen on; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8091"];

    /// <summary>The subnet.</summary>
    public ushort Netuid { get; init; } = 23;

    /// <summary>The policy: bounds of requests, minimum stake, the constants of the volume split.</summary>
    public SubnetPolicy Policy { get; init; } = DefaultPolicy.Load();

    /// <summary>Requests per interval for all validators together.</summary>
    public int TotalVolume { get; init; } = 40;

    /// <summary>Length of the quota interval; null takes the policy's.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Requests at work at once.</summary>
    public int MaxConcurrent { get; init; } = 4;

    /// <summary>Requests that may wait for their turn.</summary>
    public int MaxWaiting { get; init; } = 32;

    /// <summary>Folder for what must outlive the process: the nonces of the last minute. One miner per folder; null keeps them in memory only.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Callers come through a proxy, so nothing is counted by address: the proxy has to bound connections. Without it one bad caller would shut all out.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Longest time for one request, whatever its caller allows.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Address to publish on the chain; null publishes nothing.</summary>
    public string? ExternalIp { get; init; }

    /// <summary>Port to publish; null takes the one that is listened on.</summary>
    public int? ExternalPort { get; init; }

    /// <summary>Time between two readings of the metagraph.</summary>
    public TimeSpan MetagraphInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two looks at what the endpoints serve.</summary>
    public TimeSpan EndpointInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Device name told to validators; nobody can check it.</summary>
    public string DeviceName { get; init; } = "cpu";

    /// <summary>Number of devices told to validators.</summary>
    public int DeviceCount { get; init; } = 1;

    /// <summary>The quota interval in force.</summary>
    public TimeSpan QuotaInterval => Interval ?? TimeSpan.FromSeconds(Policy.Capacity.IntervalSeconds);
}
