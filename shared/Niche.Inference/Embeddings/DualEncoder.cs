using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Embeddings;

/// <summary>Pictures and texts as unit vectors of one space (Radford et al., CLIP, 2021). Safe to call from many threads.</summary>
public sealed class DualEncoder : IDisposable
{
    private readonly OnnxGraph _image;
    private readonly OnnxGraph _text;
    private readonly ClipTokenizer _tokenizer;
    private readonly PixelNormalizer _pixels;
    private readonly TimeProvider _time;

    private DualEncoder(OnnxGraph image, OnnxGraph text, ClipTokenizer tokenizer, PixelNormalizer pixels, TimeProvider time) =>
        (_image, _text, _tokenizer, _pixels, _time) = (image, text, tokenizer, pixels, time);

    /// <summary>Loads <c>image_encoder</c>, <c>text_encoder</c>, tokenizer and pixel preparation.</summary>
    /// <param name="folder">A verified embedding model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static async Task<DualEncoder> LoadAsync(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        var (tokenizer, pixels) = (ClipTokenizer.Load(folder), PixelNormalizer.Load(folder));
        var image = Task.Run(() => OnnxGraph.Load(folder, "image_encoder/model.onnx", settings, ["pixel_values"], ["image_embeds"]));
        var text = Task.Run(() => OnnxGraph.Load(folder, "text_encoder/model.onnx", settings, ["input_ids"], ["text_embeds"]));
        return new DualEncoder(await image, await text, tokenizer, pixels, time);
    }

    /// <summary>Embeds a picture of any size.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] EmbedImage(RgbImage image, CancellationToken cancellation)
    {
        using var input = new HostTensor<float>(1, 3, _pixels.Height, _pixels.Width);
        _pixels.Write(image, input.Data);
        return Run(_image, "pixel_values", input.Value, "image_embeds", cancellation);
    }

    /// <summary>Embeds a text; what does not fit the tokenizer's length is cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] EmbedText(string text, CancellationToken cancellation)
    {
        using var input = TokenTensor.Create(_tokenizer.Encode(text), 1, _text.InputType("input_ids"));
        return Run(_text, "input_ids", input, "text_embeds", cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _image.Dispose();
        _text.Dispose();
    }

    private float[] Run(OnnxGraph graph, string name, OrtValue input, string output, CancellationToken cancellation)
    {
        using var run = new CancellableRun(cancellation);
        return run.Do(options =>
        {
            using var outputs = new RunClock(_time).Run(graph, options, [name], [input], [output]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        });
    }
}
