namespace Niche.Inference.Text;

/// <summary>Names of inputs and outputs in optimum's exports.</summary>
internal static class DecoderNames
{
    public const string Ids = "input_ids";
    public const string Mask = "attention_mask";
    public const string Positions = "position_ids";
    public const string Logits = "logits";

    /// <summary>How many places at the end get logits; newer exports dropped the first word.</summary>
    public static IReadOnlyList<string> Keep { get; } = ["num_logits_to_keep", "logits_to_keep"];

    public static string[] Past(int layers) => Names("past_key_values", layers);

    public static string[] Present(int layers) => Names("present", layers);

    private static string[] Names(string prefix, int layers) =>
        [.. Enumerable.Range(0, layers).SelectMany(i => new[] { $"{prefix}.{i}.key", $"{prefix}.{i}.value" })];
}
