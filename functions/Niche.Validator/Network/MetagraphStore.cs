using Niche.Bittensor.Chain;
using Niche.Storage;

namespace Niche.Validator.Network;

/// <summary>The newest metagraph, durable, so that a restart or a chain that is away does not stop the work.</summary>
public sealed class MetagraphStore(ITableStore tables)
{
    private const string Row = "metagraph";
    private readonly JsonTable<Metagraph> _table = new(tables, TableNames.Network);

    /// <summary>The newest metagraph; null before the first sync.</summary>
    public Task<Metagraph?> GetAsync(CancellationToken ct) => _table.GetAsync(Row, Row, ct);

    /// <summary>Keeps a metagraph as the newest.</summary>
    public Task SetAsync(Metagraph metagraph, CancellationToken ct) => _table.UpsertAsync(Row, Row, metagraph, ct);
}
