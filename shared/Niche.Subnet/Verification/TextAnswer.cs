using System.Text.Json;
using Niche.Subnet.Policy;
using Niche.Subnet.Synapses;

namespace Niche.Subnet.Verification;

/// <summary>A generated text as a miner or the trusted endpoint reports it.</summary>
/// <param name="Text">The generated text without the prompt.</param>
/// <param name="Tokens">The emitted tokens as texts, in order; empty when none were reported.</param>
/// <param name="FinishReason">Why it ended: <c>stop</c>, <c>length</c> or null.</param>
public sealed record TextAnswer(string Text, IReadOnlyList<string> Tokens, string? FinishReason)
{
    /// <summary>Tokens are a claim: they count only when together they are the text.</summary>
    public bool TokensSpellText => Tokens.Count > 0 && string.Concat(Tokens) == Text;

    /// <summary>Reads <c>choices[0]</c> of an OpenAI-style completion object. Never throws; the verdict names the fault.</summary>
    /// <returns>The answer, or the verdict that ends the matter.</returns>
    public static (TextAnswer? Answer, Verdict? Verdict) Read(JsonElement promptOutput, TextBands bands)
    {
        if (promptOutput.ValueKind != JsonValueKind.Object) return Refuse(ReasonCodes.Malformed);
        if (!promptOutput.TryGetProperty("choices", out var choices)) return Refuse(ReasonCodes.Empty);
        if (choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0) return Refuse(ReasonCodes.Malformed);
        var choice = choices[0];
        var text = choice.Text("text", int.MaxValue);
        if (text is null) return Refuse(ReasonCodes.Malformed);
        if (text.Length == 0) return Refuse(ReasonCodes.Empty);
        return text.Length > bands.MaxCharacters
            ? Refuse(ReasonCodes.TooLarge)
            : (new TextAnswer(text, ReadTokens(choice, bands), choice.Text("finish_reason", 32)), null);
    }

    /// <summary>Writes the answer as an OpenAI-style completion object.</summary>
    public JsonElement ToElement(string model) => JsonObjects.From(new
    {
        Object = "text_completion",
        Model = model,
        Choices = new[] { new { Index = 0, Text, FinishReason, Logprobs = Tokens.Count > 0 ? new { Tokens } : null } },
    });

    private static string[] ReadTokens(JsonElement choice, TextBands bands)
    {
        if (!choice.TryGetProperty("logprobs", out var logprobs) || logprobs.ValueKind != JsonValueKind.Object
            || !logprobs.TryGetProperty("tokens", out var tokens) || tokens.ValueKind != JsonValueKind.Array
            || tokens.GetArrayLength() > bands.MaxCharacters) return [];
        var texts = tokens.EnumerateArray().Select(t => t.AsText(256)).OfType<string>().ToArray();
        return texts.Length == tokens.GetArrayLength() ? texts : [];
    }

    private static (TextAnswer?, Verdict?) Refuse(string reason) => (null, Verdict.Of(VerdictOutcome.Invalid, reason));
}
