using System.Text.Json;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Chain.State;

/// <summary>Runtimes by spec version: asked for once, however many want it at the same time, and again when the version changes.</summary>
internal sealed class RuntimeCache(RpcClient rpc)
{
    private const int KeptRuntimes = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<(uint Spec, uint Transaction), Task<ChainRuntime>> _runtimes = [];

    /// <summary>The runtime of a block.</summary>
    public async Task<ChainRuntime> AtAsync(string blockHash, CancellationToken ct)
    {
        var version = await VersionAsync(blockHash, ct);
        Task<ChainRuntime>? reading;
        lock (_gate)
        {
            if (!_runtimes.TryGetValue(version, out reading) || reading.IsFaulted || reading.IsCanceled)
            {
                if (_runtimes.Count >= KeptRuntimes) _runtimes.Remove(_runtimes.Keys.Min());
                _runtimes[version] = reading = ReadAsync(version, blockHash);
            }
        }

        return await reading.WaitAsync(ct);
    }

    /// <summary>The versions of a block's runtime.</summary>
    public Task<(uint Spec, uint Transaction)> VersionAsync(string blockHash, CancellationToken ct) =>
        rpc.CallAsync("state_getRuntimeVersion", [blockHash], Version, ct);

    // Runs for all who wait, so that nobody's leaving ends it; the RPC client's own deadline does.
    private async Task<ChainRuntime> ReadAsync((uint Spec, uint Transaction) version, string blockHash)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // Nothing of it runs under the lock.
        return new ChainRuntime(version.Spec, version.Transaction, await MetadataAsync(blockHash));
    }

    private async Task<RuntimeMetadata> MetadataAsync(string blockHash)
    {
        try
        {
            var latest = await rpc.CallAsync("state_call", ["Metadata_metadata_at_version", "0x0f000000", blockHash], ReadOptional, CancellationToken.None);
            if (latest is not null) return latest;
        }
        catch (SubtensorException fault) when (fault.Error is SubtensorError.Refused or SubtensorError.Unsupported)
        {
            // A runtime from before that API: it has only v14, without the runtime APIs.
        }

        return await rpc.CallAsync("state_getMetadata", [blockHash], Read, CancellationToken.None);
    }

    private static (uint Spec, uint Transaction) Version(JsonElement answer) =>
        RpcAnswer.Property(answer, "specVersion") is { } spec && RpcAnswer.Number(spec) is { } specVersion
        && RpcAnswer.Property(answer, "transactionVersion") is { } transaction && RpcAnswer.Number(transaction) is { } transactionVersion
            ? (specVersion, transactionVersion)
            : throw new FormatException("no runtime version");

    private static RuntimeMetadata? ReadOptional(JsonElement answer) => RuntimeMetadata.ReadOptional(RpcAnswer.Bytes(answer) ?? throw new FormatException("no bytes"));

    private static RuntimeMetadata Read(JsonElement answer) => RuntimeMetadata.Read(RpcAnswer.Bytes(answer) ?? throw new FormatException("no bytes"));
}
