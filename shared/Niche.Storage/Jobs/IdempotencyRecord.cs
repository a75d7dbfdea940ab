namespace Niche.Storage.Jobs;

/// <summary>What an idempotency key stands for.</summary>
/// <param name="JobId">The job that the first request made.</param>
/// <param name="RequestDigest">SHA-256 of the first request.</param>
public sealed record IdempotencyRecord(string JobId, string RequestDigest);
