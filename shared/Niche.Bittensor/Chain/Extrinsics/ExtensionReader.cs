using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>What the extensions of one extrinsic say.</summary>
internal sealed class ExtensionReader
{
    private readonly List<KeyValuePair<string, ScaleValue>> _unknown = [];

    public Era Era { get; private set; }

    public uint Nonce { get; private set; }

    public ulong Tip { get; private set; }

    public bool ChecksMetadata { get; private set; }

    public IReadOnlyList<KeyValuePair<string, ScaleValue>> Unknown => _unknown;

    /// <summary>Reads all extensions and says how many bytes they took.</summary>
    public int Read(RuntimeMetadata metadata, IReadOnlyList<ExtensionInfo> extensions, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        foreach (var extension in extensions)
        {
            var reader = new ScaleReader(bytes[at..]);
            switch (extension.Identifier)
            {
                case "CheckMortality" or "CheckEra": Era = Era.Read(ref reader); break;
                case "CheckNonce": Nonce = reader.ReadCompactU32(); break;
                case "ChargeTransactionPayment": Tip = reader.ReadCompactU64(); break;
                case "CheckMetadataHash": ChecksMetadata = reader.ReadBool(); break;
                default:
                    at += ReadUnknown(metadata, extension, bytes[at..]);
                    break;
            }

            at += reader.Position;
        }

        return at;
    }

    private int ReadUnknown(RuntimeMetadata metadata, ExtensionInfo extension, ReadOnlySpan<byte> bytes)
    {
        if (metadata.Types.IsEmpty(extension.Extra)) return 0;
        var decoder = new ScaleValueDecoder(metadata.Types, bytes);
        _unknown.Add(new(extension.Identifier, decoder.Read(extension.Extra)));
        return decoder.Position;
    }
}
