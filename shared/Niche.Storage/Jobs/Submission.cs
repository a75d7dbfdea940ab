using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Storage.Jobs;

/// <summary>What became of a submission: a durable job, or the reasons why there is none.</summary>
/// <param name="Job">The job; null when refused.</param>
/// <param name="Errors">Every reason; empty when accepted.</param>
/// <param name="Repeated">The same request came before under the same idempotency key; nothing new was started.</param>
/// <param name="Messages">The queue messages of the units, in order, for an instance that runs them at once; empty when repeated.</param>
public sealed record Submission(Job? Job, IReadOnlyList<NicheError> Errors, bool Repeated, IReadOnlyList<QueueReceipt> Messages)
{
    /// <summary>A refusal.</summary>
    public static Submission Refused(params IReadOnlyList<NicheError> errors) => new(null, errors, false, []);
}
