using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>A call, encoded for one runtime.</summary>
/// <param name="Pallet">Name of the pallet.</param>
/// <param name="Name">Name of the call.</param>
/// <param name="Data">Pallet index, call index, arguments.</param>
public sealed record ChainCall(string Pallet, string Name, ReadOnlyMemory<byte> Data)
{
    /// <summary>Encodes a call with arguments in the runtime's order.</summary>
    /// <exception cref="MetadataNameException">Pallet or call is unknown to this runtime.</exception>
    /// <exception cref="ScaleFormatException">An argument is missing or of another type; named as pallet.call.argument.</exception>
    public static ChainCall Encode(RuntimeMetadata metadata, string pallet, string name, params object?[] arguments) =>
        Write(metadata, pallet, name, arguments);

    /// <summary>Encodes a call with arguments by name.</summary>
    /// <exception cref="MetadataNameException">Pallet or call is unknown to this runtime.</exception>
    /// <exception cref="ScaleFormatException">An argument is missing, unknown or of another type; named as pallet.call.argument.</exception>
    public static ChainCall Encode(RuntimeMetadata metadata, string pallet, string name, IReadOnlyDictionary<string, object?> arguments) =>
        Write(metadata, pallet, name, arguments);

    private static ChainCall Write(RuntimeMetadata metadata, string pallet, string name, object arguments)
    {
        var call = metadata.GetCall(pallet, name);
        var writer = new ScaleWriter().WriteByte(metadata.GetPallet(pallet).Index).WriteByte(call.Index);
        new ScaleValueEncoder(metadata.Types, writer).WriteFields(call.Fields, arguments, $"{pallet}.{name}");
        return new ChainCall(pallet, name, writer.ToArray());
    }
}
