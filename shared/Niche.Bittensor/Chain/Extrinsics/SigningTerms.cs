namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>What an extrinsic is signed for, besides its call.</summary>
/// <param name="SpecVersion">Version of the runtime's logic, from <c>state_getRuntimeVersion</c>.</param>
/// <param name="TransactionVersion">Version of the runtime's calls, from the same answer.</param>
/// <param name="GenesisHash">Hash of block 0, 32 bytes.</param>
/// <param name="Nonce">The signer's next nonce.</param>
/// <param name="Era">How long the extrinsic is valid.</param>
/// <param name="EraBlockHash">Hash of the block at the era's birth, 32 bytes; the genesis hash when immortal.</param>
/// <param name="Tip">Rao paid beyond the fee.</param>
public sealed record SigningTerms(
    uint SpecVersion,
    uint TransactionVersion,
    ReadOnlyMemory<byte> GenesisHash,
    uint Nonce,
    Era Era,
    ReadOnlyMemory<byte> EraBlockHash,
    ulong Tip = 0)
{
    /// <summary>Terms of an extrinsic that is valid for ever.</summary>
    public static SigningTerms Immortal(uint specVersion, uint transactionVersion, ReadOnlyMemory<byte> genesisHash, uint nonce, ulong tip = 0) =>
        new(specVersion, transactionVersion, genesisHash, nonce, Era.Immortal, genesisHash, tip);
}
