namespace Niche.Triggers.Tests.Rig;

/// <summary>One call to the queues. Count: messages received, or 1 for done and 0 for refused, or -1 for a fault.</summary>
internal sealed record TransportCall(string Operation, string Queue, TimeSpan Visibility, int Max, int? Count);
