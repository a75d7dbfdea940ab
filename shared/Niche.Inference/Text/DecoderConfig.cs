using System.Text.Json;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>What a decoder-only model's <c>config.json</c> says that its graph does not.</summary>
/// <param name="Layers">Layers, each with a key and a value cache.</param>
/// <param name="CacheHeads">Heads of the cache: fewer than of attention where heads are grouped.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Vocabulary">Logits at each place; may be padded beyond the tokens there are.</param>
/// <param name="Context">Longest text in tokens.</param>
/// <param name="EndIds">Tokens that end a text.</param>
public sealed record DecoderConfig(int Layers, int CacheHeads, int HeadSize, int Vocabulary, int Context, IReadOnlySet<int> EndIds)
{
    private const string File = "config.json";
    private const string Generation = "generation_config.json";
    private const int MostEnds = 64;

    /// <summary>Reads <c>config.json</c>; end tokens of <c>generation_config.json</c> count before its own.</summary>
    /// <param name="folder">A verified text model.</param>
    /// <exception cref="ModelFolderException">A number is missing or out of range.</exception>
    public static DecoderConfig Load(ModelFolder folder)
    {
        var json = folder.ReadJson(File);
        if (json.ValueKind != JsonValueKind.Object) throw Invalid(folder, File, "must be an object");
        int Need(int max, params string[] names) => Number(folder, json, max, names) ?? throw Invalid(folder, File, $"{names[0]} is missing");
        var (layers, heads) = (Need(1024, "num_hidden_layers", "n_layer"), Need(4096, "num_attention_heads", "n_head"));
        var size = Number(folder, json, 1 << 16, "head_dim") ?? Math.Max(1, Need(1 << 20, "hidden_size", "n_embd") / heads);
        var vocabulary = Need(1 << 22, "vocab_size");
        int[] ends = folder.Manifest.Files.ContainsKey(Generation) ? Ends(folder, Generation, folder.ReadJson(Generation), vocabulary) : [];
        if (ends.Length == 0) ends = Ends(folder, File, json, vocabulary);
        if (ends.Length == 0) throw Invalid(folder, File, "eos_token_id must name at least one token");
        return new DecoderConfig(layers, Number(folder, json, 4096, "num_key_value_heads") ?? heads, size, vocabulary,
            Need(1 << 24, "max_position_embeddings", "n_positions"), ends.ToHashSet());
    }

    private static int[] Ends(ModelFolder folder, string file, JsonElement json, int vocabulary)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("eos_token_id", out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Take(MostEnds + 1)] : [value];
        return items.Length <= MostEnds && items.All(item => Whole(item) is { } id && id >= 0 && id < vocabulary)
            ? [.. items.Select(item => item.GetInt32())]
            : throw Invalid(folder, file, $"eos_token_id must be a token or up to {MostEnds} of them, each below {vocabulary}");
    }

    // The first of the names that is there: families call the same number differently.
    private static int? Number(ModelFolder folder, JsonElement json, int max, params string[] names)
    {
        foreach (var name in names)
        {
            if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) continue;
            return Whole(value) is { } number && number >= 1 && number <= max
                ? number
                : throw Invalid(folder, File, $"{name} must be 1 to {max}");
        }
        return null;
    }

    private static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static ModelFolderException Invalid(ModelFolder folder, string file, string message) =>
        new("config_invalid", folder.PathOf(file), message);
}
