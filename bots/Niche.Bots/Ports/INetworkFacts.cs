using Niche.Subnet.Jobs;

namespace Niche.Bots.Ports;

/// <summary>The subnet as the validator sees it.</summary>
public interface INetworkFacts
{
    /// <summary>One reading.</summary>
    Task<NetworkFacts> ReadAsync(CancellationToken ct);

    /// <summary>Number of miners that can be asked for a model now.</summary>
    Task<int> CountServingAsync(string model, CancellationToken ct);

    /// <summary>Pictures that are painted before a job's first one, and the time to its end; nulls when it is final.</summary>
    Task<(int? Position, TimeSpan? Expected)> EstimateAsync(JobSnapshot job, CancellationToken ct);

    /// <summary>Prompts that a model does well; empty when nobody says.</summary>
    Task<IReadOnlyList<string>> SuggestAsync(string model, CancellationToken ct);
}
