using System.Text.Json;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Chain.State;

/// <summary>Reads heads and blocks, and keeps the last few blocks for all who wait at the same time. A node whose chain ends far too early is not believed.</summary>
internal sealed class BlockReader(RpcClient rpc, ulong maxBlocksBehind)
{
    private const int KeptBlocks = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChainBlock> _blocks = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private ulong _highest;

    /// <summary>The number of the newest block.</summary>
    public async Task<ulong> NumberAsync(CancellationToken ct)
    {
        try
        {
            return await rpc.CallAsync("chain_getHeader", [], header => NotBehind(Number(header)), ct);
        }
        catch (SubtensorException fault) when (fault.Error == SubtensorError.Behind)
        {
            // No node is where we saw one before: either they were set back, or the one who said so lied. Believe them from now on.
            lock (_gate) _highest = 0;
            throw;
        }
    }

    /// <summary>The newest block.</summary>
    public async Task<BlockRef> BestAsync(CancellationToken ct) => await AtAsync(await NumberAsync(ct), ct);

    /// <summary>The newest block that will not be undone.</summary>
    public async Task<BlockRef> FinalizedAsync(CancellationToken ct)
    {
        var hash = await rpc.CallAsync("chain_getFinalizedHead", [], Hash, ct);
        return new BlockRef(await rpc.CallAsync("chain_getHeader", [hash], Number, ct), hash);
    }

    /// <summary>The block with this number on the chain that the nodes hold for the best.</summary>
    public async Task<BlockRef> AtAsync(ulong number, CancellationToken ct) =>
        new(number, await rpc.CallAsync("chain_getBlockHash", [number], Hash, ct));

    /// <summary>A block with its extrinsics.</summary>
    public async Task<ChainBlock> BlockAsync(string hash, CancellationToken ct)
    {
        lock (_gate)
            if (_blocks.TryGetValue(hash, out var kept))
                return kept;
        var block = await rpc.CallAsync("chain_getBlock", [hash], answer => Block(hash, answer), ct);
        lock (_gate)
        {
            if (!_blocks.TryAdd(hash, block)) return block;
            _order.Enqueue(hash);
            if (_order.Count > KeptBlocks) _blocks.Remove(_order.Dequeue());
        }

        return block;
    }

    private ulong NotBehind(ulong number)
    {
        lock (_gate)
        {
            if (number + maxBlocksBehind < _highest)
                throw new SubtensorException(SubtensorError.Behind, $"Its newest block is {number}, but block {_highest} was seen already.");
            _highest = Math.Max(_highest, number);
            return number;
        }
    }

    private static ulong Number(JsonElement header) =>
        RpcAnswer.Property(header, "number") is { } number && RpcAnswer.BlockNumber(number) is { } value ? value : throw new FormatException("no header with a number");

    private static string Hash(JsonElement answer) => RpcAnswer.Hash(answer) ?? throw new FormatException("no block hash");

    private static ChainBlock Block(string hash, JsonElement answer)
    {
        if (RpcAnswer.Property(answer, "block") is not { } block || RpcAnswer.Property(block, "header") is not { } header
            || RpcAnswer.Property(header, "parentHash") is not { } parent || RpcAnswer.Property(block, "extrinsics") is not { ValueKind: JsonValueKind.Array } extrinsics)
            throw new FormatException("no block");
        return new ChainBlock(
            new BlockRef(Number(header), hash),
            Hash(parent),
            [.. extrinsics.EnumerateArray().Select(extrinsic => RpcAnswer.Text(extrinsic) ?? throw new FormatException("an extrinsic that is no text"))]);
    }
}
