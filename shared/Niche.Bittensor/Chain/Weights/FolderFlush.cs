using System.Runtime.InteropServices;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>
/// Writes a folder's own entries to the disk, without which a file that was put in the place of another may be gone after a power failure. .NET
/// opens no folders. Windows keeps its entries in a journal and needs nothing.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0, InvalidArgument = 22;

    /// <exception cref="IOException">The folder could not be opened, or the disk failed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = open(folder, ReadOnly);
        if (handle < 0) throw new IOException($"The folder {folder} could not be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            // Some network file systems do not take it for folders.
            if (fsync(handle) != 0 && Marshal.GetLastPInvokeError() is var error and not InvalidArgument)
                throw new IOException($"The folder {folder} could not be written to the disk (error {error}).");
        }
        finally
        {
            _ = close(handle);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int handle);

    [LibraryImport("libc")]
    private static partial int close(int handle);
}
