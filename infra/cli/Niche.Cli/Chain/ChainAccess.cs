using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Chain.Metadata;
using Niche.Cli.Terminal;

namespace Niche.Cli.Chain;

/// <summary>A chain while a command runs.</summary>
internal sealed class ChainAccess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    private ChainAccess(string name, HttpClient http, ISubtensor chain) => (Name, _http, Chain) = (name, http, chain);

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>What every chain can do.</summary>
    public ISubtensor Chain { get; }

    /// <summary>The local ledger; null on a real chain.</summary>
    public LedgerClient? Ledger => Chain as LedgerClient;

    /// <summary>A local ledger.</summary>
    /// <exception cref="CommandException">Not an HTTP address.</exception>
    public static ChainAccess OfLedger(string text, TimeProvider time)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CommandException(ExitCode.Usage, "usage", "A ledger is named by its URL, for example http://127.0.0.1:9000/.");
        var address = url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
        var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        return new ChainAccess("ledger " + address, http, new LedgerClient(http, time));
    }

    /// <summary>The metadata of the chain's runtime.</summary>
    /// <exception cref="CommandException">A ledger has none.</exception>
    public Task<RuntimeMetadata> MetadataAsync(CancellationToken ct) =>
        _http.BaseAddress is null ? Task.FromCanceled<RuntimeMetadata>(ct) : throw new CommandException(ExitCode.Usage, "usage", "A ledger has no runtime metadata; name a chain with --network, or a file with --metadata.");

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
