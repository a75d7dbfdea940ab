using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>The parts of a tiny IP-Adapter.</summary>
public static class TinyVision
{
    /// <summary>Pixels along the side of what the encoder sees.</summary>
    public const int Side = 16;

    /// <summary>Numbers of a picture's vector.</summary>
    public const int Vector = 9;

    /// <summary>Tokens that the projection makes of a picture.</summary>
    public const int Tokens = 3;

    private const int State = 6;
    private const int Patches = 4;

    /// <summary>Adds a vision encoder and how it wants its pictures.</summary>
    public static TinyFolder AddEncoder(TinyFolder folder) => folder
        .Add("image_encoder/model.onnx", Encoder())
        .Add("feature_extractor/preprocessor_config.json",
            """{"crop_size":{"height":16,"width":16},"do_center_crop":true,"image_mean":[0.48,0.46,0.41],"image_std":[0.27,0.26,0.28],"resample":3,"size":{"shortest_edge":16}}""");

    /// <summary>A UNet's input <c>image_embeds</c>.</summary>
    /// <param name="scale">Axes of the scale's input; null for none.</param>
    /// <param name="close">Whether states go in instead of one vector.</param>
    public static Func<GraphBuilder, string> Embeds(object[]? scale, bool close) => g =>
    {
        var numbers = close ? State : Vector;
        if (close) g.Input("image_embeds", ElementType.Real, "batch", 1, "patches", State);
        else g.Input("image_embeds", ElementType.Real, "batch", 1, Vector);
        var one = g.Node("ReduceMean", ["image_embeds"], ("axes", close ? [1, 2] : new[] { 1 }), ("keepdims", 0));
        return Scaled(g, g.Node("MatMul", [one, g.Weights("seen", 0.5f, numbers, 4)]), scale);
    };

    /// <summary>A transformer's input <c>image_embeds</c>: states for SD3, a vector for Flux.</summary>
    /// <param name="scale">Axes of the scale's input; null for none.</param>
    /// <param name="patches">Whether the output is of patches (Flux).</param>
    public static Func<GraphBuilder, string> TransformerEmbeds(object[]? scale, bool patches) => g =>
    {
        if (patches) g.Input("image_embeds", ElementType.Real, "batch", 1, Vector);
        else g.Input("image_embeds", ElementType.Real, "batch", "image_patches", State);
        var one = g.Node("ReduceMean", ["image_embeds"], ("axes", new[] { 1 }), ("keepdims", 0));
        var (numbers, form) = patches ? (64, g.Whole(-1, 1, 64)) : (16, g.Whole(-1, 16, 1, 1));
        return Scaled(g, g.Node("MatMul", [one, g.Weights("seen", 0.2f, patches ? Vector : State, numbers)]), scale, form);
    };

    /// <summary>What a UNet makes of tokens that follow those of the text.</summary>
    /// <param name="width">Numbers of a token.</param>
    public static Func<GraphBuilder, string> TokenAttention(int width) => g =>
    {
        var tokens = g.Node("Slice", ["encoder_hidden_states", g.Whole(-Tokens), g.Whole(long.MaxValue), g.Whole(1)]);
        var one = g.Node("ReduceMean", [tokens], ("axes", new[] { 1 }), ("keepdims", 0));
        return Scaled(g, g.Node("MatMul", [one, g.Weights("seen", 0.5f, width, 4)]), [5]);
    };

    /// <summary>A projection with a bias, as the real ones have it.</summary>
    public static byte[] Projection(int width, bool close)
    {
        var g = new GraphBuilder("projection");
        if (close) g.Input("hidden_states", ElementType.Real, "batch", "patches", State);
        else g.Input("image_embeds", ElementType.Real, "batch", Vector);
        var one = close ? g.Node("ReduceMean", ["hidden_states"], ("axes", new[] { 1 }), ("keepdims", 0)) : "image_embeds";
        var flat = g.Node("Add", [g.Node("MatMul", [one, g.Weights("projection", 0.5f, close ? State : Vector, Tokens * width)]), g.Weights("bias", 0.3f, Tokens * width)]);
        g.Output("tokens", g.Node("Reshape", [flat, g.Whole(-1, Tokens, width)]), ElementType.Real, "batch", Tokens, width);
        return g.Build();
    }

    private static byte[] Encoder()
    {
        var g = new GraphBuilder("vision");
        g.Input("pixel_values", ElementType.Real, "batch", 3, Side, Side);
        var vector = g.Node("Conv", ["pixel_values", g.Weights("vector", 0.1f, Vector, 3, Side, Side)], ("kernel_shape", new[] { Side, Side }));
        g.Output("image_embeds", g.Node("Reshape", [vector, g.Whole(-1, Vector)]), ElementType.Real, "batch", Vector);
        var states = g.Node("Conv", ["pixel_values", g.Weights("states", 0.1f, State, 3, 8, 8)], ("kernel_shape", new[] { 8, 8 }), ("strides", new[] { 8, 8 }));
        var layer = g.Node("Add", [g.Node("Transpose", [g.Node("Reshape", [states, g.Whole(-1, State, Patches)])], ("perm", new[] { 0, 2, 1 })), g.Weights("places", 0.4f, Patches, State)]);
        g.Output("hidden_states.0", layer, ElementType.Real, "batch", Patches, State);
        g.Output("hidden_states.1", g.Node("Tanh", [layer]), ElementType.Real, "batch", Patches, State);
        g.Output("hidden_states.2", g.Node("Cos", [layer]), ElementType.Real, "batch", Patches, State);
        return g.Build();
    }

    private static string Scaled(GraphBuilder g, string value, object[]? scale, string? form = null)
    {
        var plane = g.Node("Reshape", [value, form ?? g.Whole(-1, 4, 1, 1)]);
        if (scale is null) return plane;
        g.Input("ip_adapter_scale", ElementType.Real, scale);
        var mean = scale.Length == 0 ? "ip_adapter_scale" : g.Node("ReduceMean", ["ip_adapter_scale"], ("keepdims", 0));
        return g.Node("Mul", [plane, mean]);
    }
}
