using System.Globalization;
using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>A ControlNet of three shallow blocks and a middle one, and what a UNet makes of its residuals.</summary>
public static class TinyControl
{
    /// <summary>Channels and shrinkage of every residual, the middle one last.</summary>
    public static IReadOnlyList<(int Channels, int Shrink)> Blocks { get; } = [(6, 1), (5, 1), (7, 2), (3, 2)];

    /// <summary>A ControlNet: every residual is a convolution of latents and picture, moved by text and timestep.</summary>
    /// <param name="name">Seeds the weights.</param>
    /// <param name="width">Width of the text's hidden states.</param>
    /// <param name="pooled">Width of SDXL's pooled text; null for other families.</param>
    /// <param name="outputs">Names in the order of the graph.</param>
    /// <param name="middleFirst">Whether the middle block's output comes first.</param>
    /// <param name="scale">Whether the scale is an input.</param>
    /// <param name="overflows">Whether it leaves the range of half precision.</param>
    public static byte[] Net(string name, int width, int? pooled, IReadOnlyList<string> outputs, bool middleFirst = false, bool scale = false, bool overflows = false)
    {
        var g = new GraphBuilder(name);
        g.Input("sample", ElementType.Real, "batch", 4, "height", "width");
        g.Input("timestep", ElementType.Real, "steps");
        g.Input("encoder_hidden_states", ElementType.Real, "batch", "tokens", width);
        g.Input("controlnet_cond", ElementType.Real, "batch", 3, "picture_height", "picture_width");
        if (scale) g.Input("conditioning_scale", ElementType.Real);
        if (pooled is { } p)
        {
            g.Input("text_embeds", ElementType.Real, "batch", p);
            g.Input("time_ids", ElementType.Real, "batch", 6);
        }
        var mean = g.Node("ReduceMean", ["encoder_hidden_states"], ("axes", new[] { 1 }), ("keepdims", 0));
        var order = Enumerable.Range(0, outputs.Count);
        if (middleFirst) order = order.Skip(outputs.Count - 1).Concat(order.SkipLast(1));
        foreach (var (block, output) in order.Zip(outputs)) g.Output(output, Ranged(Residual(g, block, mean, width, pooled, scale)), ElementType.Real, "batch", Blocks[block].Channels, $"h{block}", $"w{block}");
        return g.Build();

        string Ranged(string value) => overflows ? TinyHalf.UpAndBack(g, value, 1e6f, half: true) : value;
    }

    /// <summary>A UNet's inputs for residuals: each is mixed to four channels and repeated to the size of the latents.</summary>
    /// <param name="head">What the names of the shallow blocks' inputs begin with.</param>
    /// <param name="count">Residuals.</param>
    public static Func<GraphBuilder, string> Residuals(string head = "down_block_additional_residual_", int count = 4) => g => Enumerable.Range(0, count).Select(block =>
    {
        var input = block == count - 1 ? "mid_block_additional_residual" : string.Create(CultureInfo.InvariantCulture, $"{head}{block}");
        g.Input(input, ElementType.Real, "batch", Blocks[block].Channels, $"h{block}", $"w{block}");
        return Mixed(g, block, input);
    }).Aggregate((a, b) => g.Node("Add", [a, b]));

    /// <summary>The ControlNet inside a UNet, as diffusers' script exports the two.</summary>
    /// <param name="width">Width of the text's hidden states.</param>
    /// <param name="nets">How many ControlNets the inputs promise.</param>
    public static Func<GraphBuilder, string> Inside(int width, int nets = 1) => g =>
    {
        g.Input("controlnet_conds", ElementType.Real, nets, "batch", 3, "picture_height", "picture_width");
        g.Input("conditioning_scales", ElementType.Real, nets, 1);
        var picture = g.Node("Gather", ["controlnet_conds", g.Whole(0)], ("axis", 0));
        var flat = g.Node("Squeeze", [picture, g.Whole(0)]);
        var mean = g.Node("ReduceMean", ["encoder_hidden_states"], ("axes", new[] { 1 }), ("keepdims", 0));
        var sum = Enumerable.Range(0, Blocks.Count).Select(block => Mixed(g, block, Residual(g, block, mean, width, null, scale: false, flat))).Aggregate((a, b) => g.Node("Add", [a, b]));
        return g.Node("Mul", [sum, g.Node("Gather", [g.Node("Gather", ["conditioning_scales", g.Whole(0)], ("axis", 0)), g.Whole(0)], ("axis", 1))]);
    };

    // Mixed to four channels and repeated to the size of the latents.
    private static string Mixed(GraphBuilder g, int block, string residual)
    {
        var (channels, shrink) = Blocks[block];
        var mixed = g.Node("Conv", [residual, g.Weights($"residual.{block}", 0.2f, 4, channels, 1, 1)], ("kernel_shape", new[] { 1, 1 }));
        return shrink == 1 ? mixed : g.Node("Resize", [mixed, "", g.Tensor($"scales.{block}", [1, 1, shrink, shrink], 4)], ("mode", "nearest"));
    }

    private static string Residual(GraphBuilder g, int block, string mean, int width, int? pooled, bool scale, string seen = "controlnet_cond")
    {
        var (channels, shrink) = Blocks[block];
        var latents = g.Node("Conv", ["sample", g.Weights($"latents.{block}", 0.3f, channels, 4, shrink, shrink)], Strides(shrink));
        var picture = g.Node("Conv", [seen, g.Weights($"picture.{block}", 0.1f, channels, 3, 8 * shrink, 8 * shrink)], Strides(8 * shrink));
        var told = g.Node("Add", [g.Node("MatMul", [mean, g.Weights($"told.{block}", 0.5f, width, channels)]), TinyGraphs.Time(g, "timestep", channels, $"time.{block}")]);
        if (pooled is { } p)
        {
            told = g.Node("Add", [told, g.Node("MatMul", ["text_embeds", g.Weights($"pooled.{block}", 0.5f, p, channels)])]);
            told = g.Node("Add", [told, g.Node("MatMul", ["time_ids", g.Weights($"sizes.{block}", 0.002f, 6, channels)])]);
        }
        var sum = g.Node("Add", [g.Node("Add", [latents, picture]), g.Node("Reshape", [told, g.Whole(-1, channels, 1, 1)])]);
        return scale ? g.Node("Mul", [sum, "conditioning_scale"]) : sum;
    }

    private static (string, object)[] Strides(int side) => [("kernel_shape", new[] { side, side }), ("strides", new[] { side, side })];
}
