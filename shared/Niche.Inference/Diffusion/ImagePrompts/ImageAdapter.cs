using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.ImagePrompts;

/// <summary>
/// A loaded IP-Adapter, in either layout of public exports: a denoiser that takes <c>image_embeds</c> and projects them itself (diffusers), or, for UNets, a
/// projection graph of its own whose tokens follow those of the text (the authors' code). The negative prompt sees zeros. Flux's look at one vector, SD3's at states.
/// </summary>
internal sealed class ImageAdapter : IDisposable
{
    private const string Embeds = "image_embeds";
    private const string Text = "encoder_hidden_states";
    private static readonly string[] Projections = ["image_projection/model.onnx", "proj/model.onnx"];
    private static readonly string[] Scales = ["ip_adapter_scale", "ipadapter_scale"];
    private readonly VisionEncoder _encoder;
    private readonly OnnxGraph? _projection;
    private readonly string? _scale;
    private readonly int[] _scaleShape;
    private readonly int _embedAxes;
    private readonly bool _black;

    private ImageAdapter(VisionEncoder encoder, OnnxGraph? projection, OnnxGraph denoiser, bool black)
    {
        (_encoder, _projection, _black) = (encoder, projection, black);
        var inputs = denoiser.Session.InputMetadata;
        _scale = Array.Find(Scales, inputs.ContainsKey);
        _scaleShape = _scale is null ? [] : inputs[_scale].Dimensions;
        _embedAxes = inputs.TryGetValue(Embeds, out var embeds) ? embeds.Dimensions.Length : 0;
    }

    /// <summary>Loads the adapter of a folder; null when there is none and the denoiser wants none.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="denoiser">The denoiser that sees the picture.</param>
    /// <param name="family">What it belongs to.</param>
    /// <exception cref="ModelFolderException">The parts do not fit together; the message names what is missing.</exception>
    public static ImageAdapter? Load(ModelFolder folder, SessionSettings settings, OnnxGraph denoiser, PipelineFamily family)
    {
        var projection = Array.Find(Projections, folder.Has);
        var transformer = family is PipelineFamily.StableDiffusion3 or PipelineFamily.Flux;
        var inside = denoiser.Session.InputMetadata.ContainsKey(Embeds);
        if (!inside && projection is null)
        {
            if (!folder.Has(VisionEncoder.File)) return null;
            throw new ModelFolderException("graph_invalid", denoiser.File,
                $"the folder has {VisionEncoder.File}, but this denoiser takes no {Embeds} and there is no {Projections[0]}; an IP-Adapter needs one of them");
        }
        if (family == PipelineFamily.Upscaler) throw new ModelFolderException("graph_invalid", denoiser.File, "an upscaler takes no IP-Adapter");
        if (inside && projection is not null)
            throw new ModelFolderException("graph_invalid", denoiser.File, $"the denoiser takes {Embeds}, so it projects them itself, and the folder has {projection} too; keep one");
        if (transformer && projection is not null)
            throw new ModelFolderException("graph_invalid", denoiser.File, $"the folder has {projection}, but the tokens of a picture can not follow those of the text in a transformer; export it so that it takes {Embeds}");
        var graph = projection is null ? null : OnnxGraph.Load(folder, projection, settings, [], []);
        try
        {
            if (graph is not null && (graph.Session.InputNames.Count != 1 || graph.Session.OutputNames.Count != 1))
                throw new ModelFolderException("graph_invalid", graph.File, "a projection has one input, the encoder's output, and one output, tokens");
            // Axes of the batch and the vector, or of the batch, tokens and their numbers; inside a UNet one more counts pictures.
            var states = transformer ? family == PipelineFamily.StableDiffusion3
                : graph is null ? denoiser.Session.InputMetadata[Embeds].Dimensions.Length == 4 : graph.Session.InputMetadata[graph.Session.InputNames[0]].Dimensions.Length == 3;
            return new ImageAdapter(VisionEncoder.Load(folder, settings, states), graph, denoiser, black: states && !transformer);
        }
        catch (ModelFolderException)
        {
            graph?.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what this adapter can not do.</summary>
    /// <exception cref="InferenceException">Says why.</exception>
    public void Require(ImagePrompt? prompt)
    {
        if (_scale is not null) return;
        if (prompt is null && _projection is null)
            throw new InferenceException("image_prompt_missing", "This model's denoiser always sees a picture beside the words: it needs an image prompt.");
        if (prompt is not null && prompt.Scale != 1)
            throw new InferenceException("image_prompt_scale_fixed", "This model's denoiser takes no scale of the image prompt: only 1 is possible.");
    }

    /// <summary>Tells the denoiser of the picture, or of none.</summary>
    public void Add(Conditioning conditioning, ImagePrompt? prompt, RunClock clock, RunOptions options)
    {
        var (seen, shape) = _encoder.Encode(prompt?.Image, clock, options);
        // No picture is zeros, as the negative prompt's is; adapters of UNets that look closer see the states of a black one.
        var unseen = !_black ? new float[seen.Length] : prompt is null ? seen : _encoder.Encode(null, clock, options).Values;
        if (prompt is null) seen = unseen;
        if (_projection is null)
        {
            conditioning.With(Embeds, Rows(conditioning, unseen, seen), [conditioning.Rows, .. Enumerable.Repeat(1L, _embedAxes - 1 - shape.Length), .. shape]);
        }
        else
        {
            // Tokens of zeros add nothing to an attention that has no bias, whatever its weights.
            var (tokens, width) = Project(seen, shape, clock, options);
            if (prompt is null) tokens = new float[tokens.Length];
            var negative = prompt is null || conditioning.Negatives == 0 ? tokens : Project(unseen, shape, clock, options).Tokens;
            conditioning.Lengthen(Text, Rows(conditioning, negative, tokens), tokens.Length / width);
        }
        if (_scale is null) return;
        long[] axes = [.. _scaleShape.Select(axis => Math.Max(1L, axis))];
        var scales = new float[axes.Aggregate(1L, (a, b) => a * b)];
        Array.Fill(scales, (float)(prompt?.Scale ?? 0));
        conditioning.WithShared(_scale, scales, axes);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _projection?.Dispose();
    }

    private (float[] Tokens, int Width) Project(float[] values, long[] shape, RunClock clock, RunOptions options)
    {
        using var input = new HostTensor<float>([1, .. shape]);
        values.CopyTo(input.Data);
        using var outputs = clock.RunTyped(_projection!, options, [_projection!.Session.InputNames[0]], [input.Value], [_projection.Session.OutputNames[0]]);
        return (HalfTensor.Read(outputs[0]), (int)outputs[0].GetTensorTypeAndShape().Shape[^1]);
    }

    private static float[] Rows(Conditioning conditioning, float[] negative, float[] positive) =>
        [.. Enumerable.Range(0, conditioning.Rows).SelectMany(row => row < conditioning.Negatives ? negative : positive)];
}
