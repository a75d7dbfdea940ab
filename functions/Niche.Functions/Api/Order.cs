using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>A body that was read and found good.</summary>
/// <param name="Body">As it came.</param>
/// <param name="Draft">What it asks for.</param>
/// <param name="Request">The same with all defaults filled in.</param>
public sealed record Order<T>(T Body, JobDraft Draft, JobRequest Request);
