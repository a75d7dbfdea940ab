namespace Niche.GpuEndpoint.Repository;

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Bytes that are there, those of earlier tries included.</param>
/// <param name="Total">Bytes of the whole file; null when the server does not say.</param>
public readonly record struct DownloadProgress(long Bytes, long? Total);
