using Niche.Subnet.Jobs;

namespace Niche.Bots.Ports;

/// <summary>Has texts written.</summary>
public interface IWriting
{
    /// <summary>Writes a text piece by piece. Never throws for a miner's fault: the last piece says it.</summary>
    IAsyncEnumerable<WrittenPiece> WriteAsync(string id, JobRequest request, CancellationToken ct);
}
