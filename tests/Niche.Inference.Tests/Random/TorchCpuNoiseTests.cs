using CsCheck;
using Niche.Inference.Random;

namespace Niche.Inference.Tests.Random;

public sealed class TorchCpuNoiseTests
{
    public static TheoryData<uint, int> Draws()
    {
        var data = new TheoryData<uint, int>();
        foreach (var draw in TestData.Json("Vectors/random.json").GetProperty("randn").EnumerateArray())
        {
            data.Add(draw.GetProperty("seed").GetUInt32(), draw.GetProperty("n").GetInt32());
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Draws))]
    public void Noise_is_that_of_torch_on_the_cpu(uint seed, int length)
    {
        var expected = TestData.Json("Vectors/random.json").GetProperty("randn").EnumerateArray()
            .Single(d => d.GetProperty("seed").GetUInt32() == seed && d.GetProperty("n").GetInt32() == length);
        var noise = new float[length];

        new TorchCpuNoise(seed).Fill(noise);

        var first = expected.GetProperty("first").EnumerateArray().Select(v => v.GetSingle()).ToArray();
        for (var i = 0; i < first.Length; i++) Assert.Equal(first[i], noise[i], 2e-6f);
        Assert.Equal(expected.GetProperty("last").GetSingle(), noise[^1], 2e-6f);
        Assert.Equal(expected.GetProperty("sum").GetDouble(), noise.Sum(v => (double)v), 1e-4 * Math.Sqrt(length));
    }

    [Fact]
    public void Raw_bits_are_those_of_the_mersenne_twister()
    {
        var vectors = TestData.Json("Vectors/random.json").GetProperty("randint").EnumerateArray().Select(v => v.GetUInt32()).ToArray();
        var twister = new Mt19937(42);

        // torch.randint(0, 2**31 - 1) takes one word modulo the range.
        foreach (var expected in vectors) Assert.Equal(expected, twister.NextUInt32() % int.MaxValue);
    }

    [Fact]
    public void A_seed_repeats_its_stream_and_another_seed_does_not() => Gen.Select(Gen.UInt, Gen.Int[1, 200]).Sample((seed, length) =>
    {
        var (a, b, c) = (new float[length], new float[length], new float[length]);
        new TorchCpuNoise(seed).Fill(a);
        new TorchCpuNoise(seed).Fill(b);
        new TorchCpuNoise(seed ^ 1).Fill(c);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
        Assert.All(a, v => Assert.True(float.IsFinite(v)));
    }, iter: 200);

    [Fact]
    public void Noise_is_standard_normal()
    {
        var noise = new float[100_000];
        new TorchCpuNoise(123).Fill(noise);

        Assert.Equal(0, noise.Average(), 0.02);
        Assert.Equal(1, noise.Average(v => v * v), 0.02);
    }
}
