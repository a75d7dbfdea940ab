using System.Text.Json;

namespace Niche.Inference.Models;

/// <summary>
/// Escapes that stand for half a character, which the parser takes and only complains about, untyped, when the text or merely a name beside it is
/// looked at.
/// </summary>
public static class JsonEscapes
{
    /// <summary>Looks at every name, and at every text if asked to.</summary>
    /// <param name="json">JSON that parses.</param>
    /// <param name="namesOnly">Whether texts are left to those who read them.</param>
    /// <exception cref="JsonException">One of them can not be read.</exception>
    public static void Check(ReadOnlySpan<byte> json, bool namesOnly)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped || (namesOnly && reader.TokenType != JsonTokenType.PropertyName)) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException("a name or a text has half of a character in an escape", e);
            }
        }
    }
}
