namespace Niche.Storage;

/// <summary>One place that holds queues, blobs and tables.</summary>
public interface IStorage : IAsyncDisposable
{
    /// <summary>The queues.</summary>
    IQueueStore Queues { get; }

    /// <summary>The blobs.</summary>
    IBlobStore Blobs { get; }

    /// <summary>The tables.</summary>
    ITableStore Tables { get; }
}
