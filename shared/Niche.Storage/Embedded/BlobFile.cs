using System.Buffers.Binary;
using System.Text;

namespace Niche.Storage.Embedded;

/// <summary>
/// The file format of a blob: magic "NBL1", then little-endian creation ticks (8), content length (8), content-type length (2), the content type in ASCII,
/// the content. The length tells a file cut short by a power loss from a whole one.
/// </summary>
internal static class BlobFile
{
    private const int FixedHeader = 22;
    private static readonly byte[] s_magic = "NBL1"u8.ToArray();

    public static async Task WriteAsync(
        string path, ReadOnlyMemory<byte> content, string contentType, DateTimeOffset createdOn, bool flush, CancellationToken ct)
    {
        var header = new byte[FixedHeader + contentType.Length];
        s_magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(4), createdOn.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(12), content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), (ushort)contentType.Length);
        Encoding.ASCII.GetBytes(contentType, header.AsSpan(FixedHeader));

        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous, header.Length + content.Length);
        await RandomAccess.WriteAsync(file, [header, content], 0, ct).ConfigureAwait(false);
        if (flush)
            RandomAccess.FlushToDisk(file);
    }

    public static async Task<Blob> ReadAsync(string path, string name, CancellationToken ct)
    {
        using var file = OpenRead(path);
        var (contentType, length, createdOn, start) = await ReadHeaderAsync(file, name, ct).ConfigureAwait(false);
        var content = new byte[length];
        await FillAsync(file, content, start, name, ct).ConfigureAwait(false);
        return new(content, contentType, createdOn);
    }

    public static async Task<BlobInfo> ReadInfoAsync(string path, string name, CancellationToken ct)
    {
        using var file = OpenRead(path);
        var (contentType, length, createdOn, _) = await ReadHeaderAsync(file, name, ct).ConfigureAwait(false);
        return new(name, contentType, length, createdOn);
    }

    // FileShare.Delete: on Windows too, a reader must not stop a replacement by rename.
    private static Microsoft.Win32.SafeHandles.SafeFileHandle OpenRead(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);

    private static async Task<(string ContentType, int Length, DateTimeOffset CreatedOn, int Start)> ReadHeaderAsync(
        Microsoft.Win32.SafeHandles.SafeFileHandle file, string name, CancellationToken ct)
    {
        var header = new byte[FixedHeader];
        await FillAsync(file, header, 0, name, ct).ConfigureAwait(false);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(4));
        var length = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(12));
        var contentType = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(20))];
        if (!header.AsSpan(0, 4).SequenceEqual(s_magic)
            || length is < 0 or > IBlobStore.MaxBytes
            || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks
            || RandomAccess.GetLength(file) != FixedHeader + contentType.Length + length)
            throw Damaged(name);

        await FillAsync(file, contentType, FixedHeader, name, ct).ConfigureAwait(false);
        return (Encoding.ASCII.GetString(contentType), (int)length, new(ticks, TimeSpan.Zero), FixedHeader + contentType.Length);
    }

    private static async Task FillAsync(
        Microsoft.Win32.SafeHandles.SafeFileHandle file, Memory<byte> target, long offset, string name, CancellationToken ct)
    {
        while (target.Length > 0)
        {
            var read = await RandomAccess.ReadAsync(file, target, offset, ct).ConfigureAwait(false);
            if (read == 0)
                throw Damaged(name);
            target = target[read..];
            offset += read;
        }
    }

    private static StorageException Damaged(string name) =>
        new(StorageErrorCode.Corrupt, $"The file of blob '{name}' is damaged or cut short; delete the blob or put it again.");
}
