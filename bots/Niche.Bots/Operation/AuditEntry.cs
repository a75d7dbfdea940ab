namespace Niche.Bots.Operation;

/// <summary>Something that an operator or a channel's manager did, or that was refused to somebody.</summary>
/// <param name="Who">Who did it, as <c>platform:id</c>.</param>
/// <param name="Where">Channel, as <c>platform:id</c>.</param>
/// <param name="What">What, in one word.</param>
/// <param name="Detail">What it was done to; never a prompt.</param>
/// <param name="At">When.</param>
public sealed record AuditEntry(string Who, string Where, string What, string Detail, DateTimeOffset At);
