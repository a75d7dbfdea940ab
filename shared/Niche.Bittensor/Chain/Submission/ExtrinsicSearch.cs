using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.State;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>Looks for one extrinsic's bytes in the blocks of its era, each block once.</summary>
internal sealed class ExtrinsicSearch(BlockReader blocks, PreparedExtrinsic wanted)
{
    private readonly string _hex = RpcAnswer.Hex(wanted.Extrinsic.Bytes.Span);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Walks back from a head to what was seen before, or to the era's birth.</summary>
    public async Task<FoundExtrinsic?> FindAsync(BlockRef head, CancellationToken ct)
    {
        // Past its era nothing is to be found; and a head that a node made up does not send us on an endless walk.
        if (head.Number >= wanted.Death) head = await blocks.AtAsync(wanted.Death - 1, ct);
        var walked = new List<string>();
        while (head.Number > wanted.Birth && !_seen.Contains(head.Hash))
        {
            var block = await blocks.BlockAsync(head.Hash, ct);
            if (block.Ref.Number != head.Number)
                throw new SubtensorException(SubtensorError.Malformed, $"Block {head.Hash} is number {block.Ref.Number} now and {head.Number} before.");
            for (var i = 0; i < block.Extrinsics.Count; i++)
                if (block.Extrinsics[i].Equals(_hex, StringComparison.OrdinalIgnoreCase))
                    return new FoundExtrinsic(block, (uint)i);
            walked.Add(head.Hash);
            head = new BlockRef(head.Number - 1, block.ParentHash);
        }

        _seen.UnionWith(walked); // Only now: a walk that broke off has not seen what lies behind.
        return null;
    }
}
