namespace Niche.Storage;

/// <summary>A row as read.</summary>
/// <param name="Partition">Partition key.</param>
/// <param name="Row">Row key, unique within the partition.</param>
/// <param name="Json">The value, up to <see cref="ITableStore.MaxJsonBytes"/> bytes of UTF-8.</param>
/// <param name="ETag">Opaque version; changes with every write.</param>
public sealed record TableRow(string Partition, string Row, string Json, string ETag);
