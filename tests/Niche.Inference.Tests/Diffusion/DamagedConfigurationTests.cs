using CsCheck;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Whatever stands in the configuration of a folder: it loads, or what is wrong is said.</summary>
public sealed class DamagedConfigurationTests(TinyFamilies families)
{
    private static readonly (string Family, string File)[] Places =
    [
        ("upscale", "model_index.json"), ("upscale", "low_res_scheduler/scheduler_config.json"), ("upscale", "vae_decoder/config.json"),
        ("xl-refined", "refiner/model_index.json"), ("sd15-seeing", "feature_extractor/preprocessor_config.json"),
    ];

    private static readonly string[] Names =
    [
        "_class_name", "max_noise_level", "beta_schedule", "num_train_timesteps", "beta_start", "scaling_factor", "latent_channels", "shift_factor", "block_out_channels",
        "requires_aesthetics_score", "force_zeros_for_empty_prompt", "size", "crop_size", "image_mean", "image_std",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "20", "1e999", "99999999999", "\"\"", "\"StableDiffusionUpscalePipeline\"", "\"StableDiffusionXLPipeline\"", "\"scaled_linear\"", "[]",
        "[0,0,0]", "[1,2,3]", "[1e999,1,1]", "[\"a\",\"b\",\"c\"]", "{}", "{\"shortest_edge\":16}", "{\"height\":16,\"width\":16}", "{\"height\":\"x\"}",
    ];

    [Fact]
    public void A_folder_loads_or_says_what_is_wrong()
    {
        var paths = Places.Select(place => families.Write(place.Family)).ToArray();
        var originals = Places.Select((place, i) => File.ReadAllText(Path.Combine(paths[i], place.File))).ToArray();
        Gen.Select(Gen.Int[0, Places.Length - 1], Gen.Bool, Gen.Select(One(Names), One(Values)).Array[0, 4], One("[]", "null", "7", "\"x\"", "{", "")).Sample(
            (place, whole, fields, other) =>
            {
                var text = whole ? other : Changed(originals[place], fields);
                TinyFolder.Reopen(paths[place]).Add(Places[place].File, text).Save();
                try
                {
                    using var pipeline = DiffusionPipeline.LoadAsync(ModelFolder.Open(paths[place]), new SessionSettings(1), TimeProvider.System).GetAwaiter().GetResult();
                    return true;
                }
                catch (ModelFolderException e)
                {
                    return e.Message.Length > 0;
                }
            }, iter: 80, threads: 1);
    }

    private static string Changed(string json, (string Name, string Value)[] fields)
    {
        var left = json.Trim().TrimEnd('}').TrimEnd();
        return $"{left}{string.Concat(fields.Select(field => $"{(left.EndsWith('{') ? "" : ",")}\"{field.Name}\":{field.Value}"))}}}";
    }

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
