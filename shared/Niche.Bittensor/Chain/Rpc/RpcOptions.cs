namespace Niche.Bittensor.Chain.Rpc;

/// <summary>Bounds of the talk with nodes.</summary>
public sealed class RpcOptions
{
    /// <summary>For one call to one node, connecting included.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For one call over all nodes and attempts.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often one call is tried with each node.</summary>
    public int AttemptsPerNode { get; set; } = 3;

    /// <summary>Largest answer in bytes. Metadata is about 0.6 MB as text, a metagraph of 4,096 neurons about 2 MB.</summary>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>A subscription that says nothing for so long has ended.</summary>
    public TimeSpan SubscriptionSilence { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Rest of a node after its first failure; doubles with every further one.</summary>
    public TimeSpan FirstRest { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest rest of a failing node.</summary>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>0x hash of block 0 that every node must have; null = that of the first node that answers.</summary>
    public string? GenesisHash { get; set; }

    internal RpcOptions Checked()
    {
        foreach (var span in (TimeSpan[])[CallTimeout, TotalTimeout, SubscriptionSilence, FirstRest, LongestRest])
            if (span <= TimeSpan.Zero || span > TimeSpan.FromDays(1))
                throw new ArgumentException("Every time of the RPC options is more than zero and at most a day.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResponseBytes, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(AttemptsPerNode, 1);
        return this;
    }
}
