using System.Globalization;

namespace Niche.Triggers.Queues;

/// <summary>A message is longer than a storage queue can hold: keep the payload in a blob and send its id.</summary>
public sealed class QueueMessageTooLargeException : Exception
{
    /// <summary>The longest body: 64 KiB, the limit of Azure Storage Queues.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>Says which queue refused how many bytes.</summary>
    public QueueMessageTooLargeException(string queue, int bytes)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"Queue '{queue}': a message of {bytes:N0} bytes; at most {MaxBytes:N0} are allowed. Put the data in a blob and its id in the message."))
    {
        Bytes = bytes;
    }

    /// <summary>Length of the refused body.</summary>
    public int Bytes { get; }
}
