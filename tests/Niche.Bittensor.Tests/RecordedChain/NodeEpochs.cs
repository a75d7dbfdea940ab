namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The epochs of runtimes before spec 423: counted by block number alone.</summary>
public static class NodeEpochs
{
    public static ulong IndexOf(NodeState state, ushort netuid, ulong block)
    {
        var tempo = state.Number("Tempo", netuid);
        return tempo == 0 ? 0 : (block + netuid + 1) / (tempo + 1);
    }

    /// <summary>True in the last block of an index, where the epoch runs.</summary>
    public static bool RunsAt(NodeState state, ushort netuid, ulong block)
    {
        var tempo = state.Number("Tempo", netuid);
        return tempo > 0 && (block + netuid + 1) % (tempo + 1) == tempo;
    }

    public static (ulong First, ulong Last) BlocksOf(NodeState state, ushort netuid, ulong epoch)
    {
        var length = state.Number("Tempo", netuid) + 1;
        var first = (epoch * length) - netuid - 1;
        return (first, first + length - 1);
    }
}
