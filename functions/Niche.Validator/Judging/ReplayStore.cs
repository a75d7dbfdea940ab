using System.Globalization;
using Niche.Storage;
using Niche.Subnet.Verification;
using Niche.Validator.Network;

namespace Niche.Validator.Judging;

/// <summary>Digests and hashes of all pictures that came in, the first of each kind kept.</summary>
public sealed class ReplayStore(ITableStore tables) : IReplayIndex
{
    private const string BySha = "sha256", ByHashes = "hashes";
    private readonly JsonTable<ReplayKey> _seen = new(tables, TableNames.Seen);

    /// <inheritdoc/>
    public async ValueTask<ReplayKey?> FindAsync(ReplayKey key, CancellationToken cancellationToken)
    {
        ReplayKey? earlier = await _seen.GetAsync(BySha, key.Sha256, cancellationToken).ConfigureAwait(false)
            ?? await _seen.GetAsync(ByHashes, HashesOf(key), cancellationToken).ConfigureAwait(false);
        return earlier is not null && ReplayRule.IsReplay(earlier, key) ? earlier : null;
    }

    /// <inheritdoc/>
    public async ValueTask RememberAsync(ReplayKey key, CancellationToken cancellationToken)
    {
        await _seen.InsertAsync(BySha, key.Sha256, key, cancellationToken).ConfigureAwait(false);
        await _seen.InsertAsync(ByHashes, HashesOf(key), key, cancellationToken).ConfigureAwait(false);
    }

    private static string HashesOf(ReplayKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.DHash:x16}{key.PHash:x16}");
}
