using CsCheck;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Extrinsics;

public class EraTests
{
    [Fact]
    public void Eras_are_encoded_and_read_as_polkadot_js_does()
    {
        foreach (var vector in VectorFile.Cases("eras"))
        {
            var current = vector.GetProperty("current").GetUInt64();
            var era = Era.Mortal(current, vector.GetProperty("period").GetUInt64());
            Assert.Equal(vector.Hex("encoded"), Written(era));
            var reader = new ScaleReader(vector.Hex("encoded"));
            Assert.Equal(era, Era.Read(ref reader));
            Assert.Equal(vector.GetProperty("birth").GetUInt64(), era.Birth(current));
            Assert.Equal(vector.GetProperty("death").GetUInt64(), era.Death(current));
        }
    }

    [Fact]
    public void Any_era_round_trips_and_holds_the_block_it_was_made_at() =>
        Gen.Select(Gen.ULong[0, 1UL << 40], Gen.ULong[0, 100_000]).Sample((current, period) =>
        {
            var era = Era.Mortal(current, period);
            var reader = new ScaleReader(Written(era));
            return Era.Read(ref reader) == era && era.Birth(current) <= current && current < era.Death(current) && era.Period is >= 4 and <= 65536;
        });

    [Fact]
    public void Any_two_bytes_are_an_era_that_is_written_back_or_a_typed_refusal() =>
        Gen.Byte.Array[1, 2].Sample(bytes =>
        {
            try
            {
                var reader = new ScaleReader(bytes);
                var era = Era.Read(ref reader);
                return Written(era).AsSpan().SequenceEqual(bytes.AsSpan(0, reader.Position));
            }
            catch (ScaleFormatException)
            {
                return true;
            }
        });

    [Fact]
    public void The_immortal_era_is_one_zero_and_born_at_genesis()
    {
        Assert.Equal([0], Written(Era.Immortal));
        Assert.Equal(0UL, Era.Immortal.Birth(1000));
        Assert.Equal(ulong.MaxValue, Era.Immortal.Death(1000));
    }

    private static byte[] Written(Era era)
    {
        var writer = new ScaleWriter();
        era.Write(writer);
        return writer.ToArray();
    }
}
