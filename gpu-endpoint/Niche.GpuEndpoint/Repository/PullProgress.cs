namespace Niche.GpuEndpoint.Repository;

/// <summary>How far a pull is.</summary>
/// <param name="File">Relative path of the file that is fetched.</param>
/// <param name="Number">Which one it is, from 1.</param>
/// <param name="Of">Files of the model.</param>
/// <param name="Bytes">Bytes of it that are there.</param>
/// <param name="Total">Bytes of the whole file; null when that is not known.</param>
/// <param name="Done">Whether the file is whole.</param>
public readonly record struct PullProgress(string File, int Number, int Of, long Bytes, long? Total, bool Done);
