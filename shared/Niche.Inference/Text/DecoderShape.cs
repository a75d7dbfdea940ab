using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Text;

/// <summary>Whether a graph has the shape that its configuration means: found out when it is loaded, not in the middle of a text.</summary>
internal static class DecoderShape
{
    /// <summary>What does not fit, in words, or null.</summary>
    public static string? Misfit(InferenceSession session, DecoderConfig config)
    {
        string[] past = DecoderNames.Past(config.Layers);
        string[] whole = [DecoderNames.Ids, DecoderNames.Mask, DecoderNames.Positions];
        var unknown = session.InputMetadata.Keys.Except([.. whole, .. DecoderNames.Keep, .. past]).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) return $"the graph asks for {string.Join(", ", unknown)}, which this library does not know";
        foreach (var name in whole.Where(session.InputMetadata.ContainsKey))
        {
            if (session.InputMetadata[name].ElementDataType is not (TensorElementType.Int32 or TensorElementType.Int64))
                return $"{name} takes neither int32 nor int64";
        }
        foreach (var name in DecoderNames.Keep.Where(session.InputMetadata.ContainsKey))
        {
            if (session.InputMetadata[name].ElementDataType is not TensorElementType.Int64) return $"{name} does not take int64";
        }
        return past.Select(name => Cache(session, name, config)).FirstOrDefault(misfit => misfit is not null) ?? Logits(session, config);
    }

    // Axes that the graph leaves open are below 1.
    private static string? Cache(InferenceSession session, string name, DecoderConfig config)
    {
        var input = session.InputMetadata[name];
        if (!IsReal(input)) return $"{name} is neither float nor float16";
        return input.Dimensions is [_, var heads, _, var size] && (heads < 1 || heads == config.CacheHeads) && (size < 1 || size == config.HeadSize)
            ? null
            : $"{name} has the shape [{string.Join(", ", input.Dimensions)}]; config.json means [batch, {config.CacheHeads}, length, {config.HeadSize}]";
    }

    private static string? Logits(InferenceSession session, DecoderConfig config)
    {
        var logits = session.OutputMetadata[DecoderNames.Logits];
        if (!IsReal(logits)) return "logits are neither float nor float16";
        return logits.Dimensions is [_, _, var width] && (width < 1 || width == config.Vocabulary)
            ? null
            : $"logits have the shape [{string.Join(", ", logits.Dimensions)}]; config.json means [batch, length, {config.Vocabulary}]";
    }

    private static bool IsReal(NodeMetadata node) => node.ElementDataType is TensorElementType.Float or TensorElementType.Float16;
}
