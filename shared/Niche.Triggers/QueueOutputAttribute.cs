namespace Niche.Triggers;

/// <summary>Puts the method's return value, or this property of it, on a queue. Null puts nothing; a collection puts one message
/// for each element.</summary>
/// <param name="queueName">The queue, created when absent; may hold <c>%Setting%</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class QueueOutputAttribute(string queueName) : Attribute
{
    /// <summary>The queue's name as written.</summary>
    public string QueueName { get; } = queueName;

    /// <summary>The setting that names the storage account; null means AzureWebJobsStorage.</summary>
    public string? Connection { get; set; }
}
