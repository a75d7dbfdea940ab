using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;
using Niche.Cli.Terminal;

namespace Niche.Cli.Chain;

/// <summary>A chain while a command runs: a network of nodes, or a local ledger.</summary>
internal sealed class ChainAccess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly FileWeightCommitStore _commits;

    private ChainAccess(string name, HttpClient http, FileWeightCommitStore commits, ISubtensor chain) =>
        (Name, _http, _commits, Chain) = (name, http, commits, chain);

    /// <summary>For people; nothing of an address that may be secret.</summary>
    public string Name { get; }

    /// <summary>What every chain can do.</summary>
    public ISubtensor Chain { get; }

    /// <summary>The local ledger; null on a real chain.</summary>
    public LedgerClient? Ledger => Chain as LedgerClient;

    /// <summary>The real chain.</summary>
    /// <exception cref="CommandException">This is a ledger.</exception>
    public SubtensorClient Network => Chain as SubtensorClient
        ?? throw new CommandException(ExitCode.Usage, "usage", "A ledger is no chain with a runtime; name one with --network.");

    /// <summary>A local ledger.</summary>
    /// <exception cref="CommandException">Not an HTTP address.</exception>
    public static ChainAccess OfLedger(string text, Shell shell)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CommandException(ExitCode.Usage, "usage", "A ledger is named by its URL, for example http://127.0.0.1:9000/.");
        var address = url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
        var (http, commits) = (new HttpClient { BaseAddress = address, Timeout = Patience }, CommitStore(shell));
        return new ChainAccess("ledger " + address, http, commits, new LedgerClient(http, shell.Time, commits));
    }

    /// <summary>A network by its name or nodes.</summary>
    public static ChainAccess OfNetwork(string[] endpoints, Shell shell)
    {
        var (http, commits) = (new HttpClient(HttpRpcConnection.CreateHandler()), CommitStore(shell));
        SubtensorOptions options = new() { Endpoints = [.. endpoints], Commits = commits };
        var name = string.Join(", ", endpoints.Select(one => one is "finney" or "test" or "local" ? one : RpcEndpoint.Parse(one).Name));
        return new ChainAccess(name, http, commits, SubtensorClient.Connect(options, http, shell.Time, new Random()));
    }

    /// <summary>The metadata of the chain's runtime.</summary>
    /// <exception cref="CommandException">A ledger has none.</exception>
    public async Task<RuntimeMetadata> MetadataAsync(CancellationToken ct) => (await Network.GetStateAsync(ct)).Runtime.Metadata;

    public async ValueTask DisposeAsync()
    {
        if (Chain is IAsyncDisposable client) await client.DisposeAsync();
        _commits.Dispose();
        _http.Dispose();
    }

    // Salts of hashed commits outlive the command that made them: weights reveal needs them an epoch later.
    private static FileWeightCommitStore CommitStore(Shell shell) => new(shell.Environment("NICHE_COMMITS") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".bittensor", "niche-commits.json"));
}
