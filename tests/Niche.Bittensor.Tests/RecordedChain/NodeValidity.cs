using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>What a node asks of an extrinsic before it looks at the call, in the runtime's order: form, signature, era, nonce, fee, then subtensor's own checks.</summary>
public sealed class NodeValidity(NodeOptions options, Func<ulong, byte[]?> blockHash)
{
    public const ulong BlockHashCount = 2400;

    public NodeExtrinsic Read(byte[] bytes, NodeState state)
    {
        DecodedExtrinsic read;
        try
        {
            read = ExtrinsicReader.Read(state.Metadata, bytes);
        }
        catch (ScaleFormatException unreadable)
        {
            throw options.ChopsticksWords ? new NodeRefusalException(1011, $"1011: {unreadable.Message}") : new NodeRefusalException(1001, "Extrinsic has invalid format", unreadable.Message);
        }

        return read.Kind == ExtrinsicKind.KeySigned && read.SignerKey is not null
            ? new NodeExtrinsic(bytes, read)
            : throw new NodeRefusalException(1011, "Unknown Transaction Validity", "Could not find an unsigned validator for the unsigned transaction");
    }

    /// <summary>Throws unless the extrinsic may go into a block after <paramref name="best"/>; an early nonce passes when <paramref name="mayWait"/>.</summary>
    public void Check(NodeExtrinsic extrinsic, NodeState state, ulong best, bool mayWait)
    {
        var (read, block) = (extrinsic.Read, best + 1);
        var birth = read.Era.Birth(block);
        var birthHash = read.Era.IsMortal ? (birth + BlockHashCount >= block && birth < block ? blockHash(birth) : null) : options.GenesisHash;
        if (birthHash is null) throw Refused("ancientBirthBlock");
        if (!ExtrinsicVerifier.Verifies(state.Metadata, read, options.SpecVersion, options.TransactionVersion, options.GenesisHash, birthHash)) throw Refused("badProof");
        var nonce = state.Nonce(extrinsic.Signer);
        if (read.Nonce < nonce) throw Refused("stale");
        if (read.Nonce > nonce && !mayWait) throw Refused("future");
        var due = (NodeRuntime.PaysFee(read.Call) ? NodeRuntime.Fee : 0) + read.Tip;
        if (due > 0 && state.Free(extrinsic.Signer) < due) throw Refused("payment");

        var call = new NodeCall(read.Call, extrinsic.Signer, block, state, new NodeEvents(state.Metadata));
        if (TimelockCalls.IsTooLong(call)) throw new NodeRefusalException(1001, "Extrinsic has invalid format", "the commit is longer than its bound");
        if (NodePoolRules.Refuse(call, options) is { } code) throw Refused("custom", code);
    }

    private NodeRefusalException Refused(string variant, byte? custom = null) => NodeRefusalException.Invalid(variant, options.ChopsticksWords, custom);
}
