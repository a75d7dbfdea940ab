using System.Globalization;
using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>A ControlNet for transformers, whose residuals are tokens, and what a transformer makes of them.</summary>
public static class TinyTransformerControl
{
    /// <summary>Numbers of a residual's token.</summary>
    public const int Width = 6;

    private const int Channels = 16;
    private const int Patch = 4 * Channels;

    /// <summary>A ControlNet: every residual is a linear map of latents and picture patch by patch, moved by text, pooled text, timestep and whatever else is told.</summary>
    /// <param name="name">Seeds the weights.</param>
    /// <param name="form">How it is laid out.</param>
    /// <param name="text">Width of the text's hidden states; null for a graph that sees no words.</param>
    /// <param name="pooled">Width of the pooled text.</param>
    public static byte[] Net(string name, TransformerControlForm form, int? text, int pooled)
    {
        var g = new GraphBuilder(name);
        if (form.Patches) g.Input("hidden_states", ElementType.Real, "batch", "patches", Patch);
        else g.Input("hidden_states", ElementType.Real, "batch", Channels, "height", "width");
        if (form.Colours) g.Input("controlnet_cond", ElementType.Real, "batch", 3, "picture_height", "picture_width");
        else if (form.Patches) g.Input("controlnet_cond", ElementType.Real, "batch", "patches", Patch);
        else g.Input("controlnet_cond", ElementType.Real, "batch", form.Seen, "height", "width");
        g.Input("conditioning_scale", ElementType.Real);
        g.Input("pooled_projections", ElementType.Real, "batch", pooled);
        g.Input("timestep", ElementType.Real, "batch");
        if (text is { } words) g.Input("encoder_hidden_states", ElementType.Real, "batch", "tokens", words);
        if (form.Guided) g.Input("guidance", ElementType.Real, "batch");
        if (form.Modes) g.Input("controlnet_mode", ElementType.Whole, "batch", 1);
        if (form.Patches)
        {
            g.Input("img_ids", ElementType.Real, "patches", 3);
            g.Input("txt_ids", ElementType.Real, "tokens", 3);
        }
        string[] residuals = [.. Enumerable.Range(0, form.Residuals).Select(block => Residual(g, block, form, text, pooled))];
        if (form.Stacked) residuals = [g.Node("Concat", [.. residuals.Select(one => g.Node("Unsqueeze", [one, g.Whole(0)]))], ("axis", 0))];
        for (var i = 0; i < residuals.Length; i++)
            g.Output(form.Stacked ? "controlnet_block_samples" : $"residual_{i}", residuals[i], ElementType.Real, form.Stacked ? [form.Residuals, "batch", "patches", Width] : ["batch", "patches", Width]);
        return g.Build();
    }

    /// <summary>A transformer's inputs for residuals: each is mixed to the numbers of the output, patch by patch.</summary>
    /// <param name="form">How they are laid out.</param>
    public static Func<GraphBuilder, string> Residuals(TransformerControlForm form) => g =>
    {
        if (form.Stacked) g.Input(form.Inputs[0], ElementType.Real, form.Residuals, "batch", "residual_patches", Width);
        else foreach (var input in form.Inputs) g.Input(input, ElementType.Real, "batch", "residual_patches", Width);
        return Enumerable.Range(0, form.Residuals).Select(block => Mixed(g, block, form.Stacked ? g.Node("Gather", [form.Inputs[0], g.WholeScalar(block)], ("axis", 0)) : form.Inputs[block], form))
            .Aggregate((a, b) => g.Node("Add", [a, b]));
    };

    private static string Mixed(GraphBuilder g, int block, string residual, TransformerControlForm form)
    {
        var mixed = g.Node("MatMul", [residual, g.Weights(Name("residual", block), 0.2f, Width, form.Patches ? Patch : Channels)]);
        if (form.Patches) return mixed;
        // From tokens to planes of half the sides, and each place to two by two.
        var sides = g.Node("Div", [g.Node("Slice", [g.Node("Shape", ["hidden_states"]), g.Whole(2), g.Whole(4)]), g.Whole(2, 2)]);
        var planes = g.Node("Reshape", [g.Node("Transpose", [mixed], ("perm", new[] { 0, 2, 1 })), g.Node("Concat", [g.Whole(0, Channels), sides], ("axis", 0))]);
        return g.Node("Resize", [planes, "", g.Tensor(Name("scales", block), [1, 1, 2, 2], 4)], ("mode", "nearest"));
    }

    private static string Residual(GraphBuilder g, int block, TransformerControlForm form, int? text, int pooled)
    {
        var latents = form.Patches ? g.Node("MatMul", ["hidden_states", g.Weights(Name("latents", block), 0.2f, Patch, Width)]) : Tokens(g, "hidden_states", Name("latents", block), Channels, 2);
        var picture = form.Colours ? Tokens(g, "controlnet_cond", Name("picture", block), 3, 16)
            : form.Patches ? g.Node("MatMul", ["controlnet_cond", g.Weights(Name("picture", block), 0.2f, Patch, Width)]) : Tokens(g, "controlnet_cond", Name("picture", block), form.Seen, 2);
        var told = g.Node("Add", [g.Node("MatMul", ["pooled_projections", g.Weights(Name("pooled", block), 0.5f, pooled, Width)]), TinyGraphs.Time(g, "timestep", Width, Name("time", block))]);
        if (text is { } words)
        {
            var mean = g.Node("ReduceMean", ["encoder_hidden_states"], ("axes", new[] { 1 }), ("keepdims", 0));
            told = g.Node("Add", [told, g.Node("MatMul", [mean, g.Weights(Name("told", block), 0.5f, words, Width)])]);
        }
        if (form.Guided) told = g.Node("Add", [told, g.Node("MatMul", [g.Node("Reshape", ["guidance", g.Whole(-1, 1)]), g.Weights(Name("guided", block), 0.3f, 1, Width)])]);
        if (form.Modes) told = g.Node("Add", [told, g.Node("MatMul", [g.Node("Cast", ["controlnet_mode"], ("to", (int)ElementType.Real)), g.Weights(Name("mode", block), 0.5f, 1, Width)])]);
        var sum = g.Node("Add", [g.Node("Add", [latents, picture]), g.Node("Unsqueeze", [told, g.Whole(1)])]);
        if (form.Patches) sum = g.Node("Add", [sum, g.Node("MatMul", ["img_ids", g.Weights(Name("places", block), 0.1f, 3, Width)])]);
        return g.Node("Mul", [sum, "conditioning_scale"]);
    }

    private static string Tokens(GraphBuilder g, string planes, string weights, int channels, int side)
    {
        var seen = g.Node("Conv", [planes, g.Weights(weights, 0.1f, Width, channels, side, side)], ("kernel_shape", new[] { side, side }), ("strides", new[] { side, side }));
        return g.Node("Transpose", [g.Node("Reshape", [seen, g.Whole(0, Width, -1)])], ("perm", new[] { 0, 2, 1 }));
    }

    private static string Name(string what, int block) => string.Create(CultureInfo.InvariantCulture, $"{what}.{block}");
}
