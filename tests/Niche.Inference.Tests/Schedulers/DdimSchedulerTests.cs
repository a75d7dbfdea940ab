using System.Text.Json;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Schedulers;

public sealed class DdimSchedulerTests
{
    private const int Elements = 16;

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
        var clean = SineNoise.Of(Elements, 3);
        var latents = SineNoise.Of(Elements, 100);
        var scheduler = SchedulerCatalogue.Create(config, 20);

        for (var step = 0; step < 20; step++) scheduler.Step(step, clean, latents, new TorchCpuNoise(0));

        AssertClose(clean, latents);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-5f);
    }
}
