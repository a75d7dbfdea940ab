using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Keys;

public class Ss58Tests
{
    [Fact]
    public void Valid_addresses_round_trip()
    {
        foreach (var vector in VectorFile.Cases("ss58", "valid"))
        {
            var (key, prefix, address) = (vector.Hex("publicKey"), vector.GetProperty("prefix").GetUInt16(), vector.Text("address"));
            Assert.Equal(address, Ss58.Encode(key, prefix));
            var decoded = new byte[32];
            Assert.True(Ss58.TryDecode(address, decoded, out var read));
            Assert.Equal(prefix, read);
            Assert.Equal(key, decoded);
            Assert.Equal(prefix == 42, Ss58.IsBittensorAddress(address));
        }
    }

    [Fact]
    public void Invalid_addresses_are_refused()
    {
        foreach (var vector in VectorFile.Cases("ss58", "invalid"))
        {
            Assert.False(Ss58.TryDecode(vector.Text("address"), new byte[32], out _), vector.Text("why"));
            Assert.Throws<KeyFormatException>(() => Ss58.Decode(vector.Text("address")));
        }
    }

    [Fact]
    public void Any_key_and_prefix_round_trips() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 16383]).Sample((key, prefix) =>
        {
            var decoded = new byte[32];
            return Ss58.TryDecode(Ss58.Encode(key, (ushort)prefix), decoded, out var read) && read == prefix && decoded.SequenceEqual(key);
        });

    [Fact]
    public void One_changed_character_is_noticed() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 47], Gen.Int[1, 57]).Sample((key, at, shift) =>
        {
            const string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
            var text = Ss58.Encode(key).ToCharArray();
            text[at] = alphabet[(alphabet.IndexOf(text[at], StringComparison.Ordinal) + shift) % 58];

            // Two checksum bytes let one in 65,536 through; the decoded key must then differ, so the address is simply another one.
            return !Ss58.TryDecode(new string(text), new byte[32], out _) || !Ss58.Decode(new string(text)).SequenceEqual(key);
        });

    [Fact]
    public void Any_text_is_either_read_or_refused_without_a_fault() =>
        Gen.String[0, 80].Sample(text => Ss58.TryDecode(text, new byte[32], out _) || true);
}
