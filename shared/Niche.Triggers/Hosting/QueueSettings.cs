using Niche.Triggers.Queues;

namespace Niche.Triggers.Hosting;

/// <summary>extensions.queues of host.json, with the defaults of the real extension.</summary>
internal sealed record QueueSettings
{
    public int BatchSize { get; init; } = 16;

    public int NewBatchThreshold { get; init; }

    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    public int MaxDequeueCount { get; init; } = 5;

    public MessageEncoding MessageEncoding { get; init; } = MessageEncoding.Base64;

    /// <summary>The real host multiplies by the processor count except on dynamic plans, whose instances share a core.</summary>
    public static int DefaultThreshold(int batchSize, int processors, bool dynamicSku) =>
        batchSize / 2 * (dynamicSku ? 1 : processors);
}
