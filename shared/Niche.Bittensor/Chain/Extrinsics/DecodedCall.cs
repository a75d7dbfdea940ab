using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>A call read back into names and values.</summary>
/// <param name="Pallet">Name of the pallet.</param>
/// <param name="Name">Name of the call.</param>
/// <param name="Arguments">Arguments by name, in the runtime's order.</param>
/// <param name="Data">The encoded call.</param>
public sealed record DecodedCall(string Pallet, string Name, IReadOnlyList<KeyValuePair<string, ScaleValue>> Arguments, ReadOnlyMemory<byte> Data)
{
    /// <summary>The argument of this name.</summary>
    /// <exception cref="KeyNotFoundException">The call has none.</exception>
    public ScaleValue this[string name] => Arguments.FirstOrDefault(argument => argument.Key == name).Value
        ?? throw new KeyNotFoundException($"{Pallet}.{Name} has no argument \"{name}\".");

    /// <summary>Reads a call to the last byte.</summary>
    /// <exception cref="ScaleFormatException">Not a call of this runtime.</exception>
    public static DecodedCall Read(RuntimeMetadata metadata, ReadOnlyMemory<byte> data)
    {
        var decoder = new ScaleValueDecoder(metadata.Types, data.Span);
        var (palletIndex, callIndex) = (decoder.ReadByte(), decoder.ReadByte());
        var pallet = metadata.FindPallet(palletIndex) ?? throw new ScaleFormatException("call", $"pallet {palletIndex}", "a pallet of this runtime");
        var call = pallet.Calls.FirstOrDefault(one => one.Index == callIndex)
            ?? throw new ScaleFormatException("call", $"call {callIndex} of {pallet.Name}", "a call that the pallet has");
        var arguments = decoder.ReadFields(call.Fields) is ScaleValue.Composite composite ? composite.Fields : [];
        decoder.ExpectEnd();
        return new DecodedCall(pallet.Name, call.Name, arguments, data);
    }
}
