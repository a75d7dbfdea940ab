using System.Text.Json;
using CsCheck;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Tests.Schedulers;

/// <summary>What must hold for every scheduler in every configuration, recorded or not.</summary>
public sealed class SchedulerPropertyTests
{
    private const int Elements = 64;
    private static readonly Gen<SchedulerConfig> Configs = Gen.Select(
        OneOf([.. SchedulerCatalogue.Names]),
        OneOf("linear", "scaled_linear", "squaredcos_cap_v2"),
        OneOf("leading", "trailing", "linspace"),
        OneOf("", "use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas"),
        Gen.Int[1, 3], OneOf("midpoint", "heun", "bh1", "bh2"), OneOf("dpmsolver++", "sde-dpmsolver++"),
        Gen.Bool, Config);

    public static TheoryData<string> Names() => [.. SchedulerCatalogue.Names];

    [Fact]
    public void A_denoiser_that_knows_the_picture_is_followed_to_it() => Gen.Select(Configs, Gen.Int[4, 40], Gen.UInt).Sample((config, steps, seed) =>
    {
        var alphas = NoiseSchedule.AlphasCumulative(config);
        var scheduler = SchedulerCatalogue.Create(config, steps);
        var noise = new TorchCudaNoise(seed);
        var (clean, latents, output) = (new float[Elements], new float[Elements], new float[Elements]);
        for (var i = 0; i < Elements; i++) clean[i] = MathF.Sin(i);
        noise.Fill(latents);
        for (var i = 0; i < Elements; i++) latents[i] *= scheduler.InitialNoiseSigma;
        for (var step = 0; step < scheduler.Timesteps.Length; step++)
        {
            for (var i = 0; i < Elements; i++) output[i] = Perfect(config, alphas, scheduler.Timesteps[step], latents[i], clean[i]);
            scheduler.Step(step, output, latents, noise);
        }

        var reach = Reach(config);
        for (var i = 0; i < Elements; i++)
            Assert.True(Math.Abs(clean[i] - latents[i]) < reach, $"{config.ClassName}, {steps} steps: {clean[i]} became {latents[i]}");
    }, iter: 1000);

    // By less than one they may rise: those between two others come back from a level, where whole ones may have been rounded.
    [Fact]
    public void Timesteps_fall_and_stay_inside_training() => Gen.Select(Configs, Gen.Int[4, 50]).Sample((config, steps) =>
    {
        var timesteps = SchedulerCatalogue.Create(config, steps).Timesteps.ToArray();
        Assert.All(timesteps, t => Assert.InRange(t, 0, config.TrainTimesteps));
        for (var i = 1; i < timesteps.Length; i++) Assert.True(timesteps[i] <= timesteps[i - 1] + 1, $"{config.ClassName} at {i}");
    }, iter: 1000);

    [Theory]
    [MemberData(nameof(Names))]
    public void After_the_first_steps_nothing_is_allocated(string name)
    {
        var scheduler = SchedulerCatalogue.Create(Parse($$"""{"_class_name":"{{name}}","skip_prk_steps":true}"""), 12);
        var (latents, output, noise) = (new float[4096], new float[4096], new TorchCpuNoise(1));
        var half = scheduler.Timesteps.Length / 2;
        for (var step = 0; step < half; step++) scheduler.Step(step, output, latents, noise);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = half; step < scheduler.Timesteps.Length; step++) scheduler.Step(step, output, latents, noise);

        // A few factors of the multistep solvers, never anything that grows with the picture.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 * (scheduler.Timesteps.Length - half));
    }

    [Theory]
    [InlineData("""{"_class_name":"DPMSolverMultistepScheduler","algorithm_type":"dpmsolver"}""", "algorithm_type")]
    [InlineData("""{"_class_name":"DPMSolverMultistepScheduler","solver_order":4}""", "solver_order")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","use_karras_sigmas":true,"use_beta_sigmas":true}""", "use_beta_sigmas")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","num_train_timesteps":3,"trained_betas":[0.1,0.2]}""", "trained_betas")]
    [InlineData("""{"_class_name":"EulerDiscreteScheduler","steps_offset":-1}""", "steps_offset")]
    [InlineData("""{"_class_name":"DDPMScheduler","variance_type":"learned_range"}""", "variance_type")]
    [InlineData("""{"_class_name":"UniPCMultistepScheduler","prediction_type":"flow_prediction","predict_x0":false}""", "flow_prediction")]
    public void A_configuration_that_can_not_be_honoured_is_refused_by_name(string json, string field)
    {
        var error = Assert.Throws<FormatException>(() => SchedulerCatalogue.Create(Parse(json), 8));

        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LCMScheduler", 51)]
    [InlineData("EulerDiscreteScheduler", 0)]
    [InlineData("UniPCMultistepScheduler", 1001)]
    public void Steps_that_training_does_not_have_are_refused(string name, int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SchedulerCatalogue.Create(Parse($$"""{"_class_name":"{{name}}"}"""), steps));

    [Fact]
    public void Betas_of_training_stand_for_the_schedule_that_they_spell_out()
    {
        var named = Parse("""{"_class_name":"EulerDiscreteScheduler","num_train_timesteps":5,"beta_start":0.1,"beta_end":0.5}""");
        var spelled = Parse("""{"_class_name":"EulerDiscreteScheduler","num_train_timesteps":5,"trained_betas":[0.1,0.2,0.3,0.4,0.5]}""");

        Assert.Equal(NoiseSchedule.AlphasCumulative(named), NoiseSchedule.AlphasCumulative(spelled));
    }

    private static float Perfect(SchedulerConfig config, double[] alphas, float timestep, float noisy, float clean) => config.PredictionType switch
    {
        PredictionType.Flow => (noisy - clean) / (timestep / config.TrainTimesteps),
        PredictionType.Epsilon => (float)((noisy - (Math.Sqrt(alphas[(int)timestep]) * clean)) / Math.Sqrt(1 - alphas[(int)timestep])),
        _ => clean,
    };

    // Solvers that end above zero noise, and consistency models, come near; the others arrive.
    private static float Reach(SchedulerConfig config) => config.ClassName switch
    {
        "DDIMScheduler" or "PNDMScheduler" or "TCDScheduler" => 0.15f,
        "LCMScheduler" => 1e-2f,
        _ => 2e-3f,
    };

    // PNDM counts back by a fixed stride, which only leading timesteps follow, and divides by the signal of the first one.
    private static SchedulerConfig Config(
        string name, string betas, string timesteps, string sigmas, int order, string rule, string algorithm, bool lowerFinal) => Parse($$"""
        {
          "_class_name": "{{name}}", "beta_schedule": "{{(name == "PNDMScheduler" ? "scaled_linear" : betas)}}", "beta_start": 0.00085, "beta_end": 0.012, "clip_sample": false,
          "prediction_type": "{{Prediction(name)}}", "timestep_spacing": "{{(name == "PNDMScheduler" ? "leading" : timesteps)}}", "skip_prk_steps": true,
          {{(sigmas.Length > 0 ? $"\"{sigmas}\": true," : "")}}
          "solver_order": {{order}}, "solver_type": "{{rule}}", "algorithm_type": "{{algorithm}}", "lower_order_final": {{(lowerFinal ? "true" : "false")}}
        }
        """);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Prediction(string name) => name switch
    {
        "PNDMScheduler" => "epsilon",
        "FlowMatchEulerDiscreteScheduler" => "flow_prediction",
        _ => "sample",
    };

    private static SchedulerConfig Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return SchedulerConfig.Parse(document.RootElement);
    }
}
