using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>
/// SD 1.5 whose graphs ask for more memory than any address space has as soon as they are given more than so much: what runs out of memory on a large
/// machine with a large model, here and at once, by the runtime's own allocator.
/// </summary>
public static class TinyHungry
{
    // 2^46 floats are 256 TiB, twice what a process of 64 bits can address.
    private const long TooMuch = 1L << 46;

    /// <summary>Writes the folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="rows">Rows that the denoiser bears.</param>
    /// <param name="side">Side of latents that the decoder bears.</param>
    /// <param name="tokens">Tokens of a prompt that the denoiser bears.</param>
    public static string StableDiffusion(string path, int rows, int side, int tokens = 1000)
    {
        TinyDiffusion.StableDiffusion(path);
        return TinyFolder.Reopen(path)
            .Add("unet/model.onnx", TinyGraphs.Unet("sd/unet", 4, TinyDiffusion.Width, null, wholeTimesteps: true,
                more: [g => Hunger(g, "sample", 0, rows), g => Hunger(g, "encoder_hidden_states", 1, tokens)]))
            .Add("vae_decoder/model.onnx", TinyGraphs.VaeDecoder("sd/decoder", 4, g => Hunger(g, "latent_sample", 2, side)))
            .Save();
    }

    // Zero, after it has filled a tensor of one number and of too many for each that an axis is longer than it may be.
    private static string Hunger(GraphBuilder g, string input, int axis, int most)
    {
        var length = g.Node("Slice", [g.Node("Shape", [input]), g.Whole(axis), g.Whole(axis + 1)]);
        var excess = g.Node("Max", [g.Node("Sub", [length, g.Whole(most)]), g.Whole(0)]);
        var filled = g.Node("ConstantOfShape", [g.Node("Add", [g.Node("Mul", [excess, g.Whole(TooMuch)]), g.Whole(1)])]);
        return g.Node("ReduceMax", [filled], ("axes", new[] { 0 }), ("keepdims", 0));
    }
}
