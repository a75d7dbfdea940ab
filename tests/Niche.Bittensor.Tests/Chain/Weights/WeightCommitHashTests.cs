using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Weights;

public class WeightCommitHashTests
{
    [Fact]
    public void Preimages_and_hashes_are_the_recorded_ones()
    {
        foreach (var vector in VectorFile.Cases("commitHash"))
        {
            using var pair = Keypair.FromUri(vector.Text("uri"));
            var index = vector.GetProperty("netuidIndex").GetUInt16();
            // Written as a float by the tool that made the vectors where it is the largest u64.
            var version = vector.GetProperty("versionKey").TryGetUInt64(out var number) ? number : ulong.MaxValue;
            WeightRequest request = new((ushort)(index % 4096), Numbers("uids"), Numbers("values"), version, (byte)(index / 4096));

            Assert.Equal(vector.Hex("encoded"), WeightCommitHash.Encode(pair.PublicKey, request, Numbers("salt")));
            Assert.Equal(vector.Hex("hash"), WeightCommitHash.Compute(pair.PublicKey, request, Numbers("salt")));

            ushort[] Numbers(string name) => [.. vector.GetProperty(name).EnumerateArray().Select(item => item.GetUInt16())];
        }
    }

    [Fact]
    public void A_key_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => WeightCommitHash.Compute(new byte[31], new(1, [], [], 0), []));

    [Fact]
    public void The_storage_index_is_bounded()
    {
        Assert.Equal(4097, new WeightRequest(1, [], [], 0, 1).StorageIndex);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightRequest(4096, [], [], 0).StorageIndex);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightRequest(1, [], [], 0, 16).StorageIndex);
    }
}
