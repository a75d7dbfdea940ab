using Niche.Bittensor.Chain.Extrinsics;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Extrinsics that wait for a block: at most one for each nonce of a signer.</summary>
public sealed class NodePool
{
    private readonly List<NodeExtrinsic> _waiting = [];

    public IReadOnlyList<NodeExtrinsic> Waiting => _waiting;

    /// <summary>The signer's next nonce, counting what waits without a gap.</summary>
    public uint NextNonce(NodeState state, byte[] signer)
    {
        var nonce = state.Nonce(signer);
        while (_waiting.Any(one => one.Nonce == nonce && one.Signer.SequenceEqual(signer))) nonce++;
        return nonce;
    }

    public void Add(NodeExtrinsic extrinsic)
    {
        if (_waiting.Any(one => one.Hash.SequenceEqual(extrinsic.Hash))) throw new NodeRefusalException(1013, "Transaction is already imported", "Already Imported");
        if (_waiting.Any(one => one.Nonce == extrinsic.Nonce && one.Signer.SequenceEqual(extrinsic.Signer)))
            throw new NodeRefusalException(1014, "Priority is too low: (1 vs 1)", "The transaction has too low priority to replace another transaction already in the pool.");
        _waiting.Add(extrinsic);
    }

    public void Remove(NodeExtrinsic extrinsic) => _waiting.Remove(extrinsic);

    public void Clear() => _waiting.Clear();
}
