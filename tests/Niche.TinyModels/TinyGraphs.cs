using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>
/// Graphs with the inputs and outputs of the real ones and hardly anything between: enough that everything that goes in shows in what comes out.
/// </summary>
public static class TinyGraphs
{
    /// <summary>A text encoder: embedding, layers that mix each token with the mean of all, final norm.</summary>
    /// <param name="name">Seeds the weights.</param>
    /// <param name="words">Vocabulary.</param>
    /// <param name="width">Width of the hidden states.</param>
    /// <param name="layers">Layers.</param>
    /// <param name="hiddenStates">Whether every layer is an output.</param>
    /// <param name="pooled">Name and width of a pooled output; null for none.</param>
    public static byte[] TextEncoder(string name, int words, int width, int layers, bool hiddenStates, (string Name, int Width)? pooled)
    {
        var g = new GraphBuilder(name);
        g.Input("input_ids", ElementType.Whole, "batch", "tokens");
        var state = g.Node("Gather", [g.Weights("embedding", 1, words, width), "input_ids"]);
        if (hiddenStates) g.Output("hidden_states.0", state, ElementType.Real, "batch", "tokens", width);
        for (var layer = 1; layer <= layers; layer++)
        {
            var mean = g.Node("ReduceMean", [state], ("axes", new[] { 1 }), ("keepdims", 1));
            var mixed = g.Node("MatMul", [g.Node("Add", [state, mean]), g.Weights($"mix.{layer}", 0.6f, width, width)]);
            state = g.Node("Add", [state, g.Node("Tanh", [mixed])]);
            if (hiddenStates) g.Output($"hidden_states.{layer}", state, ElementType.Real, "batch", "tokens", width);
        }
        var normal = g.Node("LayerNormalization",
            [state, g.Weights("text_model.final_layer_norm.weight", 1, width), g.Weights("text_model.final_layer_norm.bias", 1, width)], ("axis", -1), ("epsilon", 1e-5f));
        g.Output("last_hidden_state", normal, ElementType.Real, "batch", "tokens", width);
        if (pooled is { } pool)
        {
            var mean = g.Node("ReduceMean", [normal], ("axes", new[] { 1 }), ("keepdims", 0));
            g.Output(pool.Name, g.Node("MatMul", [mean, g.Weights("projection", 0.7f, width, pool.Width)]), ElementType.Real, "batch", pool.Width);
        }
        return g.Build();
    }

    /// <summary>A UNet: a convolution of the latents, moved by timestep, text and whatever else the family tells it.</summary>
    /// <param name="name">Seeds the weights.</param>
    /// <param name="channels">Channels that go in; 4 come out.</param>
    /// <param name="width">Width of the text's hidden states.</param>
    /// <param name="pooled">Width of SDXL's pooled text; null for other families.</param>
    /// <param name="wholeTimesteps">Whether the timestep is a whole number.</param>
    /// <param name="imageTokens">Tokens of a picture that follow those of the text.</param>
    /// <param name="sizes">Numbers of SDXL's sizes; its refiner has 5.</param>
    /// <param name="output">Name of the output.</param>
    /// <param name="more">What else moves it: each adds its own inputs and gives a value of four channels.</param>
    public static byte[] Unet(string name, int channels, int width, int? pooled, bool wholeTimesteps, int imageTokens = 0, int sizes = 6, string output = "out_sample", params IReadOnlyList<Func<GraphBuilder, string>> more)
    {
        const int Out = 4;
        var g = new GraphBuilder(name);
        g.Input("sample", ElementType.Real, "batch", channels, "height", "width");
        g.Input("timestep", wholeTimesteps ? ElementType.Whole : ElementType.Real, "steps");
        g.Input("encoder_hidden_states", ElementType.Real, "batch", "tokens", width);
        var text = imageTokens == 0 ? "encoder_hidden_states" : g.Node("Slice", ["encoder_hidden_states", g.Whole(0), g.Whole(-imageTokens), g.Whole(1)]);
        var mean = g.Node("ReduceMean", [text], ("axes", new[] { 1 }), ("keepdims", 0));
        var told = g.Node("MatMul", [mean, g.Weights("told", 0.5f, width, Out)]);
        if (pooled is { } p)
        {
            g.Input("text_embeds", ElementType.Real, "batch", p);
            g.Input("time_ids", ElementType.Real, "batch", sizes);
            told = g.Node("Add", [told, g.Node("MatMul", ["text_embeds", g.Weights("pooled", 0.5f, p, Out)])]);
            told = g.Node("Add", [told, g.Node("MatMul", ["time_ids", g.Weights("sizes", 0.002f, sizes, Out)])]);
        }
        told = g.Node("Add", [told, Time(g, "timestep", Out)]);
        var moved = g.Node("Reshape", [g.Node("Tanh", [told]), g.Whole(-1, Out, 1, 1)]);
        var seen = g.Node("Conv", ["sample", g.Weights("conv", 0.15f, Out, channels, 3, 3)], ("pads", new[] { 1, 1, 1, 1 }), ("kernel_shape", new[] { 3, 3 }));
        var sum = more.Aggregate(g.Node("Add", [seen, moved]), (value, one) => g.Node("Add", [value, one(g)]));
        g.Output(output, sum, ElementType.Real, "batch", Out, "height", "width");
        return g.Build();
    }

    /// <summary>A transformer over patches (Flux) or planes (SD3).</summary>
    /// <param name="name">Seeds the weights.</param>
    /// <param name="patch">Numbers of a patch for Flux; null for planes of 16 channels.</param>
    /// <param name="width">Width of the text's hidden states.</param>
    /// <param name="pooled">Width of the pooled text.</param>
    /// <param name="guidance">Whether guidance is an input (Flux dev).</param>
    /// <param name="output">Name of the output.</param>
    /// <param name="more">What else moves it: each adds its own inputs and gives a value of the output's form.</param>
    public static byte[] Transformer(string name, int? patch, int width, int pooled, bool guidance, string output = "out_hidden_states", params IReadOnlyList<Func<GraphBuilder, string>> more)
    {
        const int Channels = 16;
        var g = new GraphBuilder(name);
        var outs = patch ?? Channels;
        if (patch is { } p) g.Input("hidden_states", ElementType.Real, "batch", "patches", p);
        else g.Input("hidden_states", ElementType.Real, "batch", Channels, "height", "width");
        g.Input("encoder_hidden_states", ElementType.Real, "batch", "tokens", width);
        g.Input("pooled_projections", ElementType.Real, "batch", pooled);
        g.Input("timestep", ElementType.Real, "batch");
        var mean = g.Node("ReduceMean", ["encoder_hidden_states"], ("axes", new[] { 1 }), ("keepdims", 0));
        var told = g.Node("Add", [g.Node("MatMul", [mean, g.Weights("told", 0.3f, width, outs)]), g.Node("MatMul", ["pooled_projections", g.Weights("pooled", 0.3f, pooled, outs)])]);
        told = g.Node("Add", [told, Time(g, "timestep", outs)]);
        if (guidance)
        {
            g.Input("guidance", ElementType.Real, "batch");
            told = g.Node("Add", [told, g.Node("MatMul", [g.Node("Reshape", ["guidance", g.Whole(-1, 1)]), g.Weights("guidance_weight", 0.1f, 1, outs)])]);
        }
        var moved = g.Node("Tanh", [told]);
        if (patch is null)
        {
            var seen = g.Node("Conv", ["hidden_states", g.Weights("conv", 0.08f, Channels, Channels, 1, 1)], ("kernel_shape", new[] { 1, 1 }));
            var planes = more.Aggregate(g.Node("Add", [seen, g.Node("Reshape", [moved, g.Whole(-1, Channels, 1, 1)])]), (value, one) => g.Node("Add", [value, one(g)]));
            g.Output(output, planes, ElementType.Real, "batch", Channels, "height", "width");
            return g.Build();
        }
        g.Input("img_ids", ElementType.Real, "patches", 3);
        g.Input("txt_ids", ElementType.Real, "tokens", 3);
        var places = g.Node("MatMul", ["img_ids", g.Weights("places", 0.1f, 3, outs)]);
        var text = g.Node("ReduceMean", [g.Node("MatMul", ["txt_ids", g.Weights("text_places", 0.1f, 3, outs)])], ("axes", new[] { 0 }), ("keepdims", 1));
        var sum = g.Node("Add", [g.Node("MatMul", ["hidden_states", g.Weights("linear", 0.1f, outs, outs)]), g.Node("Reshape", [moved, g.Whole(-1, 1, outs)])]);
        var patches = more.Aggregate(g.Node("Add", [g.Node("Add", [sum, places]), text]), (value, one) => g.Node("Add", [value, one(g)]));
        g.Output(output, patches, ElementType.Real, "batch", "patches", outs);
        return g.Build();
    }

    /// <summary>Latents to pixels: each place becomes a square of 8 x 8.</summary>
    public static byte[] VaeDecoder(string name, int channels, Func<GraphBuilder, string>? more = null, int scale = 8)
    {
        var g = new GraphBuilder(name);
        g.Input("latent_sample", ElementType.Real, "batch", channels, "height", "width");
        var colours = g.Node("Conv", ["latent_sample", g.Weights("colours", 0.05f, 3, channels, 1, 1)], ("kernel_shape", new[] { 1, 1 }));
        if (more is not null) colours = g.Node("Add", [colours, more(g)]);
        var large = g.Node("Resize", [colours, "", g.Tensor("scales", [1, 1, scale, scale], 4)], ("mode", "nearest"));
        g.Output("sample", g.Node("Tanh", [large]), ElementType.Real, "batch", 3, "out_height", "out_width");
        return g.Build();
    }

    /// <summary>Pixels to latents, each from a square of 8 x 8; with mean and log variance where the output is so called.</summary>
    public static byte[] VaeEncoder(string name, int channels, string output)
    {
        var outs = output == "latent_parameters" ? 2 * channels : channels;
        var g = new GraphBuilder(name);
        g.Input("sample", ElementType.Real, "batch", 3, "height", "width");
        var latents = g.Node("Conv", ["sample", g.Weights("squares", 0.1f, outs, 3, 8, 8)], ("kernel_shape", new[] { 8, 8 }), ("strides", new[] { 8, 8 }));
        g.Output(output, latents, ElementType.Real, "batch", outs, "latent_height", "latent_width");
        return g.Build();
    }

    /// <summary>A row [steps, outs] of cosines: none for a timestep of zero alone.</summary>
    internal static string Time(GraphBuilder g, string timestep, int outs, string weights = "time")
    {
        var time = g.Node("Reshape", [g.Node("Cast", [timestep], ("to", (int)ElementType.Real)), g.Whole(-1, 1)]);
        return g.Node("Cos", [g.Node("MatMul", [time, g.Weights(weights, 0.01f, 1, outs)])]);
    }
}
