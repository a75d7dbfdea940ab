using Azure.Data.Tables;

namespace Niche.Storage.Azure;

/// <summary>
/// A row's JSON as properties Json00, Json01... of at most 32,768 UTF-16 characters each (Azure allows 64 KiB a property, 1 MiB an entity).
/// </summary>
internal static class EntityJson
{
    private const int MaxProperty = 32 * 1024;

    public static TableEntity Split(string partition, string row, string json)
    {
        var entity = new TableEntity(partition, row);
        for (int start = 0, n = 0; start < json.Length; n++)
        {
            var length = Math.Min(MaxProperty, json.Length - start);

            // Half a surrogate pair would not survive UTF-8.
            if (start + length < json.Length && char.IsHighSurrogate(json[start + length - 1]))
                length--;
            entity[Property(n)] = json.Substring(start, length);
            start += length;
        }

        return entity;
    }

    public static TableRow Join(TableEntity entity)
    {
        var parts = new List<string>();
        while (entity.GetString(Property(parts.Count)) is { } part)
            parts.Add(part);
        return new(entity.PartitionKey, entity.RowKey, string.Concat(parts), entity.ETag.ToString());
    }

    private static string Property(int n) => $"Json{n:D2}";
}
