using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.TinyModels;
using Niche.TinyModels.Onnx;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Folders whose ControlNet and UNet do not fit together.</summary>
public sealed class ControlFolderTests(TinyFamilies families)
{
    private const string Net = "controlnet/model.onnx";
    private const string Unet = "unet/model.onnx";

    [Fact]
    public Task A_UNet_that_takes_no_residuals_is_named() => Refused("sd15", folder => folder.Add(Net, Control("a", "b", "c", "d")), "graph_invalid", "mid_block_additional_residual");

    [Fact]
    public Task A_UNet_that_waits_for_residuals_needs_a_ControlNet() => Refused("sd15-control", folder => folder.Remove(Net), "file_missing", Net);

    [Fact]
    public Task Too_few_residuals_are_counted() => Refused("sd15-control", folder => folder.Add(Net, Control("a", "b", "c")), "graph_invalid", "gives 3 residuals and the denoiser takes 4");

    [Fact]
    public Task Residuals_of_another_family_are_seen_by_their_channels() => Refused(
        "sd15-control", folder => folder.Add(Net, TinyControl.Net("x", TinyDiffusion.Width, null, ["mid", "a", "b", "c"])), "graph_invalid", "of one family");

    [Fact]
    public Task An_input_that_nobody_knows_is_named() => Refused("sd15-control", folder => folder.Add(Net, TinyGraphs.Unet("x", 4, TinyDiffusion.Width, null, wholeTimesteps: false, more: [g =>
        g.Input("controlnet_cond", ElementType.Real, 1, 4, 1, 1), g => g.Input("control_type", ElementType.Real, 1, 4, 1, 1)])), "graph_invalid", "control_type");

    [Fact]
    public Task A_UNet_with_its_ControlNet_inside_needs_none_beside_it() => Refused("sd15-inside", folder => folder.Add(Net, Control("a", "b", "c", "d")), "graph_invalid", "keep one");

    [Fact]
    public Task A_UNet_with_several_inside_is_refused() => Refused("sd15-inside", folder => folder.Add(Unet,
        TinyGraphs.Unet("x", 4, TinyDiffusion.Width, null, wholeTimesteps: true, more: [TinyControl.Inside(TinyDiffusion.Width, nets: 2)])), "graph_invalid", "has 2 ControlNets inside");

    [Fact]
    public Task Pictures_without_scales_are_refused() => Refused("sd15", folder => folder.Add(Unet, TinyGraphs.Unet("x", 4, TinyDiffusion.Width, null, wholeTimesteps: false, more: [g =>
        g.Input("controlnet_conds", ElementType.Real, 1, 4, 1, 1)])), "graph_invalid", "conditioning_scales");

    [Fact]
    public Task What_is_no_ControlNet_is_refused() => Refused("sd15-control", folder => folder.Add(Net, TinyGraphs.Unet("x", 4, TinyDiffusion.Width, null, wholeTimesteps: false)), "graph_invalid", "controlnet_cond");

    [Fact]
    public Task A_transformer_that_takes_no_residuals_is_named() => Refused("flux-dev", folder => folder.Add(Net, Control("a", "b", "c", "d")), "graph_invalid", "controlnet_single_block_samples");

    [Fact]
    public Task An_upscaler_takes_none() => Refused("upscale", folder => folder.Add(Net, Control("a", "b", "c", "d")), "graph_invalid", "an upscaler takes no ControlNet");

    private static byte[] Control(params string[] outputs) => TinyControl.Net("x", TinyDiffusion.Width, null, outputs);

    private async Task Refused(string family, Action<TinyFolder> change, string code, string words)
    {
        var path = families.Write(family);
        var folder = TinyFolder.Reopen(path);
        change(folder);
        folder.Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => DiffusionPipeline.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System));

        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
