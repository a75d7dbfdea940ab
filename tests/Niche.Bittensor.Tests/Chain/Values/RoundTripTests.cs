using CsCheck;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.Chain.Values;

public class RoundTripTests
{
    [Fact]
    public void Any_value_of_any_type_survives_encoding_and_decoding() =>
        Gen.Int.Sample(seed =>
        {
            var (types, type, value) = new RandomTypes(seed).Next();
            var bytes = ScaleValueEncoder.Encode(types, type, value, "value");
            var read = ScaleValueDecoder.Decode(types, type, bytes);
            Assert.True(bytes.Length >= types.LeastBytes(type));
            Assert.Equal(ScaleValueJson.Render(value), ScaleValueJson.Render(read));
            Assert.Equal(bytes, ScaleValueEncoder.Encode(types, type, read, "value"));
        }, iter: 20_000);

    [Fact]
    public void Any_bytes_for_any_type_are_a_value_or_a_typed_refusal() =>
        Gen.Select(Gen.Int, Gen.Byte.Array[0, 200]).Sample((seed, bytes) =>
        {
            var (types, type, _) = new RandomTypes(seed).Next();
            try
            {
                var value = ScaleValueDecoder.Decode(types, type, bytes);
                return ScaleValueEncoder.Encode(types, type, value, "value").AsSpan().SequenceEqual(bytes) || HasBits(types);
            }
            catch (ScaleFormatException)
            {
                return true;
            }
        }, iter: 20_000);

    // Unused bits of a bit sequence's last unit are not kept.
    private static bool HasBits(TypeRegistry types) => Enumerable.Range(0, types.Count).Any(id => types[id].Definition is TypeDefinition.BitSequence);
}
