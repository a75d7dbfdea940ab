using System.Text.Json;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Safety;

/// <summary>Turns what a classifier gives into one score: a probability as it is, one logit through the sigmoid, several through softmax over labels.</summary>
internal sealed class LabelScore
{
    private const string Config = "config.json";

    // What public classifiers call pictures that anybody may see.
    private static readonly string[] Harmless = ["normal", "safe", "sfw", "neutral", "drawings", "drawing"];

    private readonly bool _probability;
    private readonly bool[] _harmless;

    private LabelScore(string output, bool probability, bool[] harmless) => (Output, _probability, _harmless) = (output, probability, harmless);

    /// <summary>Name of the output to read.</summary>
    public string Output { get; }

    /// <exception cref="ModelFolderException">The graph gives nothing of the kind, or more classes than there are labels.</exception>
    public static LabelScore Read(ModelFolder folder, OnnxGraph graph)
    {
        var (name, output) = graph.Session.OutputMetadata.FirstOrDefault(pair => pair.Key is "score" or "logits");
        if (name is null || output.ElementDataType != TensorElementType.Float || output.Dimensions.Length is < 1 or > 2)
            throw new ModelFolderException("graph_invalid", graph.File, "a classifier gives 'score', a probability, or 'logits', as floats for one picture");
        var classes = output.Dimensions[^1];
        if (name == "score" || classes == 1) return new LabelScore(name, name == "score", []);
        return new LabelScore(name, false, Labels(folder, classes));
    }

    /// <summary>The score of one picture.</summary>
    public double Of(ReadOnlySpan<float> values)
    {
        if (_probability) return values[0];
        if (_harmless.Length == 0) return 1 / (1 + Math.Exp(-values[0]));
        var most = float.NegativeInfinity;
        foreach (var value in values) most = Math.Max(most, value);
        var (all, bad) = (0.0, 0.0);
        for (var i = 0; i < _harmless.Length; i++)
        {
            var weight = Math.Exp(values[i] - most);
            all += weight;
            if (!_harmless[i]) bad += weight;
        }
        return bad / all;
    }

    private static bool[] Labels(ModelFolder folder, int classes)
    {
        try
        {
            var labels = folder.ReadJson(Config).GetProperty("id2label").EnumerateObject()
                .ToDictionary(label => int.Parse(label.Name, System.Globalization.CultureInfo.InvariantCulture), label => label.Value.GetString() ?? "");
            var harmless = Enumerable.Range(0, labels.Count).Select(i => Harmless.Contains(labels[i], StringComparer.OrdinalIgnoreCase)).ToArray();
            if (harmless.Length == classes && harmless.Contains(true) && harmless.Contains(false)) return harmless;
            throw new FormatException($"{classes} labels are needed, some of them harmless ({string.Join(", ", Harmless)})");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(Config), $"id2label: {e.Message}", e);
        }
    }
}
