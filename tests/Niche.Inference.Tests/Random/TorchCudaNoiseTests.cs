using System.Globalization;
using System.Text.Json;
using CsCheck;
using Niche.Inference.Random;

namespace Niche.Inference.Tests.Random;

public sealed class TorchCudaNoiseTests
{
    [Fact]
    public void Blocks_are_the_known_answers_of_Random123()
    {
        foreach (var known in TestData.Json("Vectors/random.json").GetProperty("philox4x32_10").EnumerateArray())
        {
            var (counter, key, expected) = (Words(known, "counter"), Words(known, "key"), Words(known, "out"));

            var (x, y, z, w) = Philox4x32.Block((counter[0], counter[1], counter[2], counter[3]), key[0] | ((ulong)key[1] << 32));

            Assert.Equal((expected[0], expected[1], expected[2], expected[3]), (x, y, z, w));
        }
    }

    // What torch prints for torch.manual_seed(0); torch.randn(3, 4, device="cuda"), on any card.
    [Fact]
    public void Noise_is_that_of_torch_on_a_gpu()
    {
        float[] expected = [-0.9247f, -0.4253f, -2.6438f, 0.1452f, -0.1209f, -0.5797f, -0.6229f, -0.3284f, -1.0745f, -0.3631f, -1.6711f, 2.2655f];
        var noise = new float[12];

        new TorchCudaNoise(0).Fill(noise);

        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], noise[i], 5.1e-5f);
    }

    [Fact]
    public void A_seed_repeats_its_draws_and_no_two_draws_are_alike() => Gen.Select(Gen.ULong, Gen.Int[1, 200]).Sample((seed, length) =>
    {
        var (first, again, next, other) = (new float[length], new float[length], new float[length], new float[length]);
        var source = new TorchCudaNoise(seed);
        source.Fill(first);
        source.Fill(next);
        new TorchCudaNoise(seed).Fill(again);
        new TorchCudaNoise(seed ^ (1ul << 40)).Fill(other);
        Assert.Equal(first, again);
        Assert.NotEqual(first, next);
        Assert.NotEqual(first, other);
        Assert.All(first, v => Assert.True(float.IsFinite(v)));
    }, iter: 200);

    [Fact]
    public void Noise_is_standard_normal()
    {
        var noise = new float[100_000];
        new TorchCudaNoise(123).Fill(noise);

        Assert.Equal(0, noise.Average(), 0.02);
        Assert.Equal(1, noise.Average(v => v * v), 0.02);
    }

    private static uint[] Words(JsonElement known, string name) =>
        [.. known.GetProperty(name).EnumerateArray().Select(v => uint.Parse(v.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
