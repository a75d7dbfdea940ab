namespace Niche.Storage.Tests;

/// <summary>A folder of one test, gone afterwards.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("niche-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
