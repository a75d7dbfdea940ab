namespace Niche.Triggers;

/// <summary>Runs the function once for every message of a queue, at least once each.</summary>
/// <param name="queueName">The queue; may hold <c>%Setting%</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    /// <summary>The queue's name as written.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>The setting that names the storage account; null means AzureWebJobsStorage.</summary>
    public string? Connection { get; set; }
}
