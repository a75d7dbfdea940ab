using CsCheck;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.Chain.Extrinsics;

public sealed class ExtrinsicPropertyTests
{
    private static readonly byte[] Genesis = [.. Enumerable.Repeat((byte)7, 32)], Birth = [.. Enumerable.Repeat((byte)9, 32)];

    [Fact]
    public void Whatever_is_signed_is_read_back_and_verifies_and_no_bit_of_it_may_change()
    {
        var metadata = RealMetadata.Finney;
        using var key = Keypair.FromUri("//Alice//hk");
        var weights = Gen.Select(Gen.UShort, Gen.UShort).Array[0, 120];
        var terms = Gen.Select(Gen.UInt, Gen.ULong, Gen.ULong[0, 1UL << 40], Gen.Int[0, 17]);
        Gen.Select(weights, terms, Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).Sample((pairs, given, at, bit) =>
        {
            var (nonce, tip, block, period) = given;
            var era = period == 0 ? Era.Immortal : Era.Mortal(block, 1UL << period);
            var call = ChainCall.Encode(metadata, "SubtensorModule", "set_mechanism_weights", 7, 1, pairs.Select(pair => pair.Item1), pairs.Select(pair => pair.Item2), nonce);
            var bytes = SignedExtrinsic.Sign(metadata, call, new SigningTerms(393, 1, Genesis, nonce, era, Birth, tip), key).Bytes.ToArray();
            var read = ExtrinsicReader.Read(metadata, bytes);
            Assert.Equal((nonce, tip, era, call.Name), (read.Nonce, read.Tip, read.Era, read.Call.Name));
            Assert.Equal(call.Data.ToArray(), read.Call.Data.ToArray());
            Assert.Equal(pairs.Select(pair => (int)pair.Item2), read.Call["weights"].Children().Select(value => (int)value.AsInteger()));
            Assert.True(Verifies(bytes));
            bytes[at % bytes.Length] ^= (byte)(1 << bit);
            Assert.False(Verifies(bytes));
        }, iter: 1_000);

        bool Verifies(byte[] bytes)
        {
            try
            {
                return ExtrinsicVerifier.Verifies(metadata, ExtrinsicReader.Read(metadata, bytes), 393, 1, Genesis, Birth);
            }
            catch (Exception refused) when (refused is ScaleFormatException or ExtrinsicException)
            {
                return false;
            }
        }
    }
}
