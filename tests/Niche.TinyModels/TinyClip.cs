using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>Tiny dual encoders in the layouts of public CLIP exports: vectors without unit length, a mask beside the ids.</summary>
public static class TinyClip
{
    /// <summary>Pixels along the side of what the picture's side sees.</summary>
    public const int Side = 16;

    /// <summary>Tokens that the text's side sees.</summary>
    public const int Length = 12;

    /// <summary>Numbers of an embedding.</summary>
    public const int Vector = 7;

    /// <summary>Weights of the picture's side, [Vector, 3, Side, Side].</summary>
    public static float[] PixelWeights { get; } = GraphBuilder.Random("clip/pixels", 0.1f, Vector * 3 * Side * Side);

    /// <summary>Weights of the text's side, [words, Vector].</summary>
    public static float[] WordWeights { get; } = GraphBuilder.Random("clip/words", 0.5f, TinyTokenizers.ClipWords * Vector);

    /// <summary>Writes a model folder.</summary>
    /// <param name="path">Where.</param>
    /// <param name="joint">One graph with both sides, as optimum exports it; else two, as transformers.js has them.</param>
    /// <returns>The folder.</returns>
    public static string Write(string path, bool joint)
    {
        var folder = new TinyFolder(path);
        if (joint) folder.Add("model.onnx", Graph(image: true, text: true));
        else folder.Add("onnx/vision_model.onnx", Graph(image: true, text: false)).Add("onnx/text_model.onnx", Graph(image: false, text: true));
        folder.Add("preprocessor_config.json",
            """{"crop_size":16,"do_center_crop":true,"do_resize":true,"image_mean":[0.48,0.46,0.41],"image_std":[0.27,0.26,0.28],"resample":3,"size":{"shortest_edge":16}}""");
        TinyTokenizers.AddClip(folder, "", Length);
        return folder.Finish("tiny-clip", "embedding", $$""","dimensions":{{Vector}},"sizes":[{"width":{{Side}},"height":{{Side}}}]""");
    }

    private static byte[] Graph(bool image, bool text)
    {
        var g = new GraphBuilder("clip");
        // Alphabetical, as exports have their inputs: the mask comes first.
        if (text) Text(g);
        if (image) Image(g);
        return g.Build();
    }

    private static void Image(GraphBuilder g)
    {
        g.Input("pixel_values", ElementType.Real, "batch", 3, Side, Side);
        var vector = g.Node("Conv", ["pixel_values", g.Tensor("pixels", PixelWeights, Vector, 3, Side, Side)], ("kernel_shape", new[] { Side, Side }));
        g.Output("image_embeds", g.Node("Reshape", [vector, g.Whole(-1, Vector)]), ElementType.Real, "batch", Vector);
    }

    private static void Text(GraphBuilder g)
    {
        g.Input("attention_mask", ElementType.Whole, "batch", "tokens");
        g.Input("input_ids", ElementType.Whole, "batch", "tokens");
        var words = g.Node("Gather", [g.Tensor("words", WordWeights, TinyTokenizers.ClipWords, Vector), "input_ids"]);
        var mask = g.Node("Unsqueeze", [g.Node("Cast", ["attention_mask"], ("to", (int)ElementType.Real)), g.Whole(-1)]);
        g.Output("text_embeds", g.Node("ReduceSum", [g.Node("Mul", [words, mask]), g.Whole(1)], ("keepdims", 0)), ElementType.Real, "batch", Vector);
    }
}
