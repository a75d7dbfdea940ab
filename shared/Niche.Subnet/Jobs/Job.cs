namespace Niche.Subnet.Jobs;

/// <summary>The part of a job that never changes after it was accepted.</summary>
/// <param name="Id">Time-ordered identifier, see <see cref="TimeOrderedId"/>.</param>
/// <param name="Door">Where it came from and where the answer goes: <c>api</c>, <c>studio</c>, later <c>discord</c>, <c>telegram</c>.</param>
/// <param name="Request">What to make.</param>
/// <param name="CreatedAt">When it was accepted (UTC).</param>
/// <param name="Owner">Home of the person whose API key asked for it: nobody else learns of it. Null for anybody's, and for those of chats, whose orders say it.</param>
public sealed record Job(string Id, string Door, JobRequest Request, DateTimeOffset CreatedAt, string? Owner = null);
