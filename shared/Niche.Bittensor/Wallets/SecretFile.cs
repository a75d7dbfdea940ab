using System.Security.Cryptography;

namespace Niche.Bittensor.Wallets;

/// <summary>Small files that hold secrets: read whole and bounded, permissions looked at, written by replacing.</summary>
internal static class SecretFile
{
    public const int MaxBytes = 64 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The content. Zero it after use when it is secret.</summary>
    /// <exception cref="WalletException">NotFound, TooLarge, UnsafePermissions, Unreachable.</exception>
    public static byte[] Read(string path, bool secret, bool allowUnsafe)
    {
        var buffer = GC.AllocateArray<byte>(MaxBytes + 1, pinned: true);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (!allowUnsafe) RequireSafe(file, path, secret);
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaxBytes
                ? buffer.AsSpan(0, length).ToArray()
                : throw new WalletException(WalletFault.TooLarge, $"{path} has more than {MaxBytes} bytes; it is no wallet file.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WalletException(WalletFault.NotFound, $"There is no {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WalletException(WalletFault.Unreachable, $"{path} can not be read: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    /// <summary>Writes beside the target and moves it there, mode 0600 in folders of mode 0700: readers see the old file or the new one.</summary>
    /// <exception cref="WalletException">AlreadyExists, Unreachable.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrite)
    {
        var folder = Path.GetDirectoryName(path)!;
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            RequireFree(path, overwrite);
            CreateFolder(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(beside)) File.Delete(beside);
            RequireFree(path, overwrite);
            throw new WalletException(WalletFault.Unreachable, $"{path} can not be written: {e.Message}", e);
        }
    }

    /// <exception cref="WalletException">AlreadyExists.</exception>
    public static void RequireFree(string path, bool overwrite)
    {
        if (!overwrite && Path.Exists(path))
            throw new WalletException(WalletFault.AlreadyExists, $"{path} is there already. Replaced, its key is lost unless you have the phrase.");
    }

    // One by one: the mode that the runtime is given counts for the last folder only.
    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { } parent) CreateFolder(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersFolder);
    }

    private static void RequireSafe(FileStream file, string path, bool secret)
    {
        if (OperatingSystem.IsWindows()) return;
        var bad = File.GetUnixFileMode(file.SafeFileHandle) & (secret ? Others : UnixFileMode.OtherWrite);
        if (bad != 0)
            throw new WalletException(
                WalletFault.UnsafePermissions,
                $"{(secret ? "Others than you can read or change" : "Everybody can change")} {path}: run chmod 600 on it, or allow unsafe permissions.");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (secret && (File.GetUnixFileMode(folder) & (UnixFileMode.OtherWrite | UnixFileMode.StickyBit)) == UnixFileMode.OtherWrite)
            throw new WalletException(
                WalletFault.UnsafePermissions, $"Everybody can replace files in {folder}: run chmod 700 on it, or allow unsafe permissions.");
    }
}
