using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Schedulers;

/// <summary>Every trajectory recorded from diffusers, step by step, with the denoiser and the noise that its file describes.</summary>
public sealed class TrajectoryTests
{
    private const int Elements = 16;

    public static TheoryData<string> Cases() => [.. All().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trajectory_is_that_of_diffusers(string name)
    {
        var expected = All().Single(c => c.GetProperty("name").GetString() == name);
        var scheduler = Create(expected);
        var latents = SineNoise.Of(Elements, 100);
        for (var i = 0; i < Elements; i++) latents[i] *= scheduler.InitialNoiseSigma;
        var (input, output, noise) = (new float[Elements], new float[Elements], new SineNoise(200));

        AssertClose(Floats(expected, "timesteps"), scheduler.Timesteps, 1e-6f, "timesteps");
        Assert.Equal(expected.GetProperty("initNoiseSigma").GetSingle(), scheduler.InitialNoiseSigma, 1e-6f * scheduler.InitialNoiseSigma);
        for (var step = 0; step < scheduler.Timesteps.Length; step++)
        {
            scheduler.ScaleModelInput(step, latents, input);
            for (var i = 0; i < Elements; i++) output[i] = (0.8f * input[i]) + (0.2f * MathF.Sin((0.01f * scheduler.Timesteps[step]) + (0.37f * i)));
            scheduler.Step(step, output, latents, noise);
            AssertClose(Floats(expected.GetProperty("first4PerStep")[step]), latents.AsSpan(0, 4), 3e-6f, $"step {step}");
        }
        AssertClose(Floats(expected, "final"), latents, 3e-6f, "final");
    }

    private static IScheduler Create(JsonElement expected)
    {
        var json = JsonNode.Parse(expected.GetProperty("config").GetRawText())!.AsObject();
        json["_class_name"] = expected.GetProperty("class").GetString();
        using var document = JsonDocument.Parse(json.ToJsonString());
        return SchedulerCatalogue.Create(SchedulerConfig.Parse(document.RootElement), expected.GetProperty("steps").GetInt32());
    }

    private static IEnumerable<JsonElement> All() => TestData.Json("Vectors/schedulers.json").GetProperty("cases").EnumerateArray();

    // Relative to the largest value there: single precision keeps seven digits of it.
    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float relative, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 1f;
        foreach (var value in expected) largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * largest, $"{what}, element {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }

    private static float[] Floats(JsonElement owner, string name) => Floats(owner.GetProperty(name));

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetSingle())];
}
