using System.Text;
using Azure.Data.Tables;

namespace Niche.Storage.Azure;

/// <summary>
/// A row's JSON in an entity (at most 1 MiB, 64 KiB a property): as the text property Json where it fits, so that people can read it in any
/// storage explorer, else as UTF-8 in the binary properties Utf8_0, Utf8_1... Text would double in size and could outgrow the entity.
/// </summary>
internal static class EntityJson
{
    private const string TextProperty = "Json";
    private const int MaxText = 32 * 1024;
    private const int MaxBinary = 64 * 1024;

    public static TableEntity Split(string partition, string row, string json)
    {
        var entity = new TableEntity(partition, row);
        if (json.Length <= MaxText)
        {
            entity[TextProperty] = json;
            return entity;
        }

        var n = 0;
        foreach (var part in Encoding.UTF8.GetBytes(json).Chunk(MaxBinary))
            entity[BinaryProperty(n++)] = part;
        return entity;
    }

    /// <exception cref="StorageException">Corrupt: the entity was not written by this library.</exception>
    public static TableRow Join(TableEntity entity)
    {
        var json = entity.TryGetValue(TextProperty, out var text) ? text as string : JoinBinary(entity);
        return string.IsNullOrEmpty(json)
            ? throw new StorageException(
                StorageErrorCode.Corrupt, $"Row '{entity.RowKey}' of partition '{entity.PartitionKey}' holds no JSON of ours; delete it or use another table.")
            : new(entity.PartitionKey, entity.RowKey, json, entity.ETag.ToString());
    }

    private static string JoinBinary(TableEntity entity)
    {
        using var bytes = new MemoryStream();
        for (var n = 0; entity.TryGetValue(BinaryProperty(n), out var part) && part is byte[] chunk; n++)
            bytes.Write(chunk);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string BinaryProperty(int n) => $"Utf8_{n}";
}
