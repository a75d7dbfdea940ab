namespace Niche.Functions.Api;

/// <summary>Units of a job that are final, of all.</summary>
public sealed record JobProgress(int Done, int Total);
