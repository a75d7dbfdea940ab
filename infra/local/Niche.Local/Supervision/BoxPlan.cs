using Niche.Bittensor.Keys;

namespace Niche.Local.Supervision;

/// <summary>Who plays in the box and where they listen.</summary>
/// <param name="Ledger">Base address of the ledger that stands in for the chain.</param>
/// <param name="Reference">Base address of the validator's own GPU endpoint.</param>
/// <param name="Api">Base address of the API and Studio.</param>
/// <param name="Miners">The miners.</param>
internal sealed record BoxPlan(Uri Ledger, Uri Reference, Uri Api, IReadOnlyList<BoxMiner> Miners)
{
    /// <summary>What the three miners do, in the order of their registration.</summary>
    private static readonly string[] Kinds = ["honest", "half-steps", "replay"];

    /// <summary>Takes free ports for everything but the API.</summary>
    public static BoxPlan Create(int apiPort, BoxKeys keys)
    {
        int[] ports = FreePorts.Take(2 + (2 * Kinds.Length));
        BoxMiner[] miners = [.. Kinds.Select((kind, i) => new BoxMiner(kind, keys.Miner(i), ports[2 + i], ports[2 + Kinds.Length + i]))];
        return new BoxPlan(Loopback(ports[0]), Loopback(ports[1]), Loopback(apiPort), miners);
    }

    /// <summary>What the miner of a hotkey does; null for strangers.</summary>
    public string? NameOf(string hotkey) => Miners.FirstOrDefault(miner => miner.Hotkey == hotkey)?.Kind;

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{port}/");
}

/// <summary>One miner of the box.</summary>
/// <param name="Kind">honest, or the name of its attack.</param>
/// <param name="Secret">Secret of its hotkey; of no worth outside of the box, but never shown all the same.</param>
/// <param name="AxonPort">Port of its axon.</param>
/// <param name="EndpointPort">Port of its own GPU endpoint.</param>
internal sealed record BoxMiner(string Kind, string Secret, int AxonPort, int EndpointPort)
{
    /// <summary>Its address, worked out once.</summary>
    public string Hotkey { get; } = AddressOf(Secret);

    /// <inheritdoc/>
    public override string ToString() => Kind;

    private static string AddressOf(string secret)
    {
        using Keypair keypair = Keypair.FromUri(secret);
        return keypair.Address;
    }
}
