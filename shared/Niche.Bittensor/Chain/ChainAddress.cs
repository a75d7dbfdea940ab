using System.Diagnostics.CodeAnalysis;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Chain;

/// <summary>Where the chain is: nodes of a Subtensor chain, or a local ledger that stands in for one.</summary>
public sealed record ChainAddress
{
    private static readonly TimeSpan LedgerPatience = TimeSpan.FromSeconds(10);

    private ChainAddress(Uri? ledger, IReadOnlyList<string> nodes) => (Ledger, Nodes) = (ledger, nodes);

    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public static string Form =>
        "nodes of Subtensor, the preferred one first and separated by ';' (finney, test, local, ws:// or wss:// addresses), or the http:// address of a ledger";

    /// <summary>Base address of a ledger; null for Subtensor.</summary>
    public Uri? Ledger { get; }

    /// <summary>Nodes of Subtensor; empty for a ledger.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>A ledger.</summary>
    public static ChainAddress Of(Uri ledger) => new(ledger, []);

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the text is not repeated, for it may hold a password.</exception>
    public static ChainAddress Parse(string? text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"A chain's address is {Form}.");

    /// <summary>Like <see cref="Parse"/>; false where that throws.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChainAddress? address)
    {
        address = null;
        var parts = (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts is [var only] && Uri.TryCreate(only, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") address = Of(uri);
        else if (parts.Length > 0 && parts.All(part => RpcEndpoint.TryParse(part, out var node) && node.IsWebSocket)) address = new(null, parts);
        return address is not null;
    }

    /// <summary>A client of the chain there.</summary>
    /// <param name="http">A fresh client over <see cref="HttpRpcConnection.CreateHandler"/>; its address and patience are set here.</param>
    /// <param name="time">The clock.</param>
    /// <param name="commitBy">How weights are committed where a subnet asks for it.</param>
    /// <param name="commits">Keeps hashed commits; null allows timelocked ones only.</param>
    public ISubtensor Connect(
        HttpClient http, TimeProvider time, WeightMethod commitBy = WeightMethod.Timelock, IWeightCommitStore? commits = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Timeout = Ledger is null ? Timeout.InfiniteTimeSpan : LedgerPatience;
        if (Ledger is null)
            return SubtensorClient.Connect(new SubtensorOptions { Endpoints = [.. Nodes], CommitBy = commitBy, Commits = commits }, http, time, new Random());
        http.BaseAddress = Ledger;
        return new LedgerClient(http, time, commits);
    }

    /// <summary>Addresses without what may be secret in them.</summary>
    public override string ToString() =>
        string.Join("; ", Ledger is null ? Nodes.Select(node => RpcEndpoint.Parse(node).Name) : [$"{Ledger.Scheme}://{Ledger.Authority}"]);
}
