namespace Niche.Subnet.Verification;

/// <summary>Memory of delivered pictures over all miners.</summary>
public interface IReplayIndex
{
    /// <summary>The earliest picture with the same file, or with both hashes equal, that was delivered for <b>another</b> request; null when none.</summary>
    ValueTask<ReplayKey?> FindAsync(ReplayKey key, CancellationToken cancellationToken);

    /// <summary>Remembers a picture.</summary>
    ValueTask RememberAsync(ReplayKey key, CancellationToken cancellationToken);
}
