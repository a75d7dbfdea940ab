using System.Globalization;
using System.Numerics;
using CsCheck;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Scale;

public class CompactTests
{
    [Fact]
    public void Compact_integers_are_those_of_polkadot_js_both_ways()
    {
        foreach (var vector in VectorFile.Cases("compact"))
        {
            var value = BigInteger.Parse(vector.Text("value"), CultureInfo.InvariantCulture);
            Assert.Equal(vector.Hex("encoded"), new ScaleWriter().WriteCompact(value).ToArray());
            if (value <= ulong.MaxValue) Assert.Equal(vector.Hex("encoded"), new ScaleWriter().WriteCompact((ulong)value).ToArray());
            var reader = new ScaleReader(vector.Hex("encoded"));
            Assert.Equal(value, reader.ReadCompact());
            reader.ExpectEnd();
        }
    }

    [Fact]
    public void Any_unsigned_integer_of_up_to_67_bytes_round_trips() =>
        Gen.Byte.Array[0, 67].Sample(bytes =>
        {
            var value = new BigInteger(bytes, isUnsigned: true);
            var reader = new ScaleReader(new ScaleWriter().WriteCompact(value).Written);
            return reader.ReadCompact() == value && reader.Remaining == 0;
        });

    [Fact]
    public void Any_bytes_that_are_read_as_compact_are_the_only_way_to_write_it() =>
        Gen.Byte.Array[1, 10].Sample(bytes =>
        {
            try
            {
                var reader = new ScaleReader(bytes);
                var value = reader.ReadCompact();
                return new ScaleWriter().WriteCompact(value).Written.SequenceEqual(bytes.AsSpan(0, reader.Position));
            }
            catch (ScaleFormatException)
            {
                return true;
            }
        }, iter: 20_000);

    [Theory]
    [InlineData("01 00")] // 0 in two bytes
    [InlineData("fd 00")] // 63 in two bytes
    [InlineData("02 00 00 00")] // 0 in four bytes
    [InlineData("fe ff 00 00")] // 16383 in four bytes
    [InlineData("03 ff ff ff 3f")] // 2^30 - 1 in five bytes
    [InlineData("07 01 00 00 00 00")] // a leading zero
    [InlineData("01")]
    [InlineData("ff 01")]
    [InlineData("")]
    public void Longer_forms_and_cut_ones_are_refused(string hex) =>
        Assert.Throws<ScaleFormatException>(() =>
        {
            var reader = new ScaleReader(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
            return reader.ReadCompact();
        });

    [Fact]
    public void A_compact_beyond_its_type_is_refused() => Assert.Throws<ScaleFormatException>(() =>
    {
        var reader = new ScaleReader([0x07, 0, 0, 0, 0, 1]);
        return reader.ReadCompactU32();
    });

    [Fact]
    public void A_length_beyond_what_is_left_is_refused_before_anything_is_allocated() => Assert.Throws<ScaleFormatException>(() =>
    {
        var reader = new ScaleReader([0xFE, 0xFF, 0xFF, 0xFF, 1, 2, 3]);
        return reader.ReadBytes().Length;
    });
}
