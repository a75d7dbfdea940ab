using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>
/// What transaction extensions put into an extrinsic, and what they add to the signed payload. Known by identifier; an unknown one may pass
/// only when it is encoded to nothing, for any other byte would be a guess.
/// </summary>
internal static class ExtensionCodec
{
    private const int HashBytes = 32;

    /// <summary>The extensions' part of the extrinsic.</summary>
    public static void WriteExtra(ScaleWriter writer, RuntimeMetadata metadata, SigningTerms terms)
    {
        foreach (var extension in metadata.Extrinsic.Extensions)
        {
            switch (extension.Identifier)
            {
                case "CheckMortality" or "CheckEra": terms.Era.Write(writer); break;
                case "CheckNonce": writer.WriteCompact((ulong)terms.Nonce); break;
                case "ChargeTransactionPayment": writer.WriteCompact(terms.Tip); break;
                case "CheckMetadataHash": writer.WriteByte(0); break;
                default: RequireEmpty(metadata, extension, extension.Extra, "extrinsic"); break;
            }
        }
    }

    /// <summary>The extensions' part of the payload that is not sent.</summary>
    public static void WriteAdditional(ScaleWriter writer, RuntimeMetadata metadata, SigningTerms terms)
    {
        foreach (var extension in metadata.Extrinsic.Extensions)
        {
            switch (extension.Identifier)
            {
                case "CheckSpecVersion": writer.WriteU32(terms.SpecVersion); break;
                case "CheckTxVersion": writer.WriteU32(terms.TransactionVersion); break;
                case "CheckGenesis": writer.WriteFixed(Hash(terms.GenesisHash, "genesis")); break;
                case "CheckMortality" or "CheckEra": writer.WriteFixed(Hash(terms.EraBlockHash, "era's birth block")); break;
                case "CheckMetadataHash": writer.WriteByte(0); break;
                default: RequireEmpty(metadata, extension, extension.Additional, "signed payload"); break;
            }
        }
    }

    private static void RequireEmpty(RuntimeMetadata metadata, ExtensionInfo extension, int type, string place)
    {
        if (!metadata.Types.IsEmpty(type))
        {
            throw new ExtrinsicException(
                $"This runtime's transaction extension {extension.Identifier} puts {metadata.Types.NameOf(type)} into the {place}, and this library does not know what to write there.");
        }
    }

    private static ReadOnlySpan<byte> Hash(ReadOnlyMemory<byte> hash, string whose) =>
        hash.Length == HashBytes ? hash.Span : throw new ArgumentException($"The hash of the {whose} has {hash.Length} bytes instead of {HashBytes}.");
}
