using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Embeddings;

/// <summary>
/// Pictures and texts as unit vectors of one space (Radford et al., CLIP, 2021), from one graph a side or from an export that holds both. Safe to call from
/// many threads.
/// </summary>
public sealed class DualEncoder : IDisposable
{
    private const string Pixels = "pixel_values", Ids = "input_ids", Mask = "attention_mask";
    private readonly OnnxGraph[] _graphs;
    private readonly EncoderGraph _image;
    private readonly EncoderGraph _text;
    private readonly ClipTokenizer _tokenizer;
    private readonly PixelNormalizer _pixels;
    private readonly HostTensor<float> _black;
    private readonly InputTensor[] _silence;

    private DualEncoder(OnnxGraph[] graphs, ClipTokenizer tokenizer, PixelNormalizer pixels, TimeProvider time)
    {
        (_graphs, _tokenizer, _pixels) = (graphs, tokenizer, pixels);
        _black = new HostTensor<float>(1, 3, pixels.Height, pixels.Width);
        var (image, text) = (graphs[0], graphs[^1]);
        _silence = [IdsOf(tokenizer.Encode(""), text), MaskOf(tokenizer.Encode(""), text)];
        var idle = new Dictionary<string, OrtValue> { [Pixels] = _black.Value, [Ids] = _silence[0].Value, [Mask] = _silence[1].Value };
        (_image, _text) = (new EncoderGraph(image, "image_embeds", idle, time), new EncoderGraph(text, "text_embeds", idle, time));
    }

    /// <summary>Loads graphs, tokenizer and pixel preparation, in the layout of diffusers, of optimum or of transformers.js.</summary>
    /// <param name="folder">A verified embedding model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static async Task<DualEncoder> LoadAsync(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        var layout = EncoderLayout.Of(folder);
        var (tokenizer, pixels) = (ClipTokenizer.Load(folder, layout.Tokenizer), PixelNormalizer.Load(folder));
        if (layout.Image == layout.Text)
        {
            var both = await Task.Run(() => OnnxGraph.Load(folder, layout.Image, settings, [Pixels, Ids], ["image_embeds", "text_embeds"]));
            return new DualEncoder([both], tokenizer, pixels, time);
        }
        var image = Task.Run(() => OnnxGraph.Load(folder, layout.Image, settings, [Pixels], ["image_embeds"]));
        var text = Task.Run(() => OnnxGraph.Load(folder, layout.Text, settings, [Ids], ["text_embeds"]));
        return new DualEncoder([await image, await text], tokenizer, pixels, time);
    }

    /// <summary>Embeds a picture of any size.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] EmbedImage(RgbImage image, CancellationToken cancellation)
    {
        using var input = new HostTensor<float>(1, 3, _pixels.Height, _pixels.Width);
        _pixels.Write(image, input.Data);
        return _image.Run(new Dictionary<string, OrtValue> { [Pixels] = input.Value }, cancellation);
    }

    /// <summary>Embeds a text; what does not fit the tokenizer's length is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] EmbedText(string text, CancellationToken cancellation)
    {
        var ids = _tokenizer.Encode(text);
        using var input = IdsOf(ids, _graphs[^1]);
        using var mask = MaskOf(ids, _graphs[^1]);
        return _text.Run(new Dictionary<string, OrtValue> { [Ids] = input.Value, [Mask] = mask.Value }, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var graph in _graphs) graph.Dispose();
        foreach (var tensor in _silence) tensor.Dispose();
        _black.Dispose();
    }

    private static InputTensor IdsOf(int[] ids, OnnxGraph graph) => InputTensor.Of<int>(graph.InputType(Ids), ids, 1, ids.Length);

    // Ones up to the first end token: what follows is padding.
    private InputTensor MaskOf(int[] ids, OnnxGraph graph)
    {
        var seen = Array.IndexOf(ids, _tokenizer.EndId) + 1;
        var type = graph.Session.InputMetadata.ContainsKey(Mask) ? graph.InputType(Mask) : TensorElementType.Int64;
        return InputTensor.Of<int>(type, [.. ids.Select((_, i) => i < seen ? 1 : 0)], 1, ids.Length);
    }
}
