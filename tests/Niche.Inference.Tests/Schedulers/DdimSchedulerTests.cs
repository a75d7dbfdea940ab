using System.Text.Json;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Schedulers;

public sealed class DdimSchedulerTests
{
    private const int Elements = 16;

    public static TheoryData<string> Cases() => [.. All().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Trajectory_is_that_of_diffusers(string name)
    {
        var expected = All().Single(c => c.GetProperty("name").GetString() == name);
        var steps = expected.GetProperty("steps").GetInt32();
        var config = SchedulerConfig.Parse(expected.GetProperty("config")) with { ClassName = expected.GetProperty("class").GetString()! };
        var scheduler = SchedulerCatalogue.Create(config, steps);
        var latents = Noise(100, scheduler.InitialNoiseSigma);
        var (input, output) = (new float[Elements], new float[Elements]);

        Assert.Equal(Floats(expected, "timesteps"), scheduler.Timesteps.ToArray());
        for (var step = 0; step < steps; step++)
        {
            scheduler.ScaleModelInput(step, latents, input);
            for (var i = 0; i < Elements; i++) output[i] = (0.8f * input[i]) + (0.2f * MathF.Sin((0.01f * scheduler.Timesteps[step]) + (0.37f * i)));
            scheduler.Step(step, output, latents, new TorchCpuNoise(0));
            AssertClose(Floats(expected.GetProperty("first4PerStep")[step]), latents.AsSpan(0, 4));
        }
        AssertClose(Floats(expected, "final"), latents);
    }

    [Theory]
    [InlineData("""{"_class_name":"DDIMScheduler","prediction_type":"magic"}""", "prediction_type")]
    [InlineData("""{"_class_name":"DDIMScheduler","num_train_timesteps":0}""", "num_train_timesteps")]
    [InlineData("""{"_class_name":"DDIMScheduler","beta_start":"small"}""", "beta_start")]
    [InlineData("""{"_class_name":"DDIMScheduler","thresholding":true}""", "thresholding")]
    [InlineData("""{"_class_name":"MagicScheduler"}""", "_class_name")]
    public void A_configuration_that_can_not_be_honoured_is_refused_by_name(string json, string field)
    {
        using var document = JsonDocument.Parse(json);
        var error = Assert.Throws<FormatException>(() => SchedulerCatalogue.Create(SchedulerConfig.Parse(document.RootElement), 4));

        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leading")]
    [InlineData("trailing")]
    [InlineData("linspace")]
    public void Timesteps_fall_and_stay_inside_training_for_every_step_count(string spacing)
    {
        using var document = JsonDocument.Parse($$"""{"_class_name":"DDIMScheduler","timestep_spacing":"{{spacing}}"}""");
        var config = SchedulerConfig.Parse(document.RootElement);
        for (var steps = 1; steps <= 1000; steps++)
        {
            var timesteps = NoiseSchedule.Timesteps(config, steps);
            Assert.Equal(steps, timesteps.Length);
            Assert.InRange(timesteps[0], 0, 999);
            Assert.InRange(timesteps[^1], 0, 999);
            for (var i = 1; i < steps; i++) Assert.True(timesteps[i] < timesteps[i - 1], $"{spacing} {steps} at {i}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_perfect_denoiser_is_walked_back_to_the_clean_sample(bool zeroSnr)
    {
        var config = new SchedulerConfig
        {
            ClassName = "DDIMScheduler", BetaSchedule = BetaSchedule.ScaledLinear, BetaStart = 0.00085, BetaEnd = 0.012, ClipSample = false,
            PredictionType = PredictionType.Sample, TimestepSpacing = TimestepSpacing.Trailing, RescaleZeroSnr = zeroSnr,
        };
        var clean = Noise(3, 1);
        var latents = Noise(100, 1);
        var scheduler = new DdimScheduler(config, 20);

        for (var step = 0; step < 20; step++) scheduler.Step(step, clean, latents, new TorchCpuNoise(0));

        AssertClose(clean, latents);
    }

    private static IEnumerable<JsonElement> All() => TestData.Json("Vectors/schedulers.json").GetProperty("cases").EnumerateArray()
        .Where(c => SchedulerCatalogue.Names.Contains(c.GetProperty("class").GetString()!));

    private static float[] Noise(int k, float sigma)
    {
        var noise = new float[Elements];
        for (var i = 0; i < Elements; i++) noise[i] = (float)(Math.Sin((0.7 * i) + (1.3 * k) + 0.5) * 1.4142135) * sigma;
        return noise;
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-5f);
    }

    private static float[] Floats(JsonElement owner, string name) => Floats(owner.GetProperty(name));

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetSingle())];
}
