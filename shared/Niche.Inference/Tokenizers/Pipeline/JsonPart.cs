using System.Globalization;
using System.Text.Json;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>An object of <c>tokenizer.json</c> that knows where it stands, so that every refusal names the place.</summary>
internal sealed class JsonPart(JsonElement element, string path, string file)
{
    public string File => file;

    public JsonElement Element => element;

    /// <summary>The object itself; anything else is refused.</summary>
    public JsonPart Object() => element.ValueKind == JsonValueKind.Object ? this : throw Invalid("must be an object");

    /// <summary>A property, or null when it is absent or null.</summary>
    public JsonPart? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new JsonPart(value, path.Length == 0 ? name : $"{path}.{name}", file)
            : null;

    public JsonPart Need(string name) => Find(name) ?? throw Invalid($"'{name}' is missing");

    public string Text(string name) => Need(name).Text();

    public string Text()
    {
        try
        {
            if (element.ValueKind == JsonValueKind.String) return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which no UTF-8 text can hold.
        }
        throw Invalid("must be a text");
    }

    public bool Flag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { Element.ValueKind: JsonValueKind.True } => true,
        { Element.ValueKind: JsonValueKind.False } => false,
        var other => throw other.Invalid("must be true or false"),
    };

    public int Whole(int most) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= 0 && value < most
        ? value
        : throw Invalid(string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 0 to {most - 1}"));

    /// <summary>The items of a list with at most so many.</summary>
    public IEnumerable<JsonPart> Items(int most)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > most)
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"must be a list of at most {most}"));
        return element.EnumerateArray().Select((item, i) => new JsonPart(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), file));
    }

    /// <summary>Refuses properties that nobody here reads.</summary>
    public void Only(params ReadOnlySpan<string> known)
    {
        foreach (var property in Object().Element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && property.Name != "type" && !known.Contains(property.Name))
                throw Unsupported($"'{property.Name}' is not supported");
        }
    }

    /// <summary>The part is well formed and asks for what is not offered.</summary>
    public ModelFolderException Unsupported(string message) => new("tokenizer_unsupported", file, Said(message));

    /// <summary>The part is damaged.</summary>
    public ModelFolderException Invalid(string message, Exception? inner = null) => new("tokenizer_invalid", file, Said(message), inner);

    private string Said(string message) => path.Length == 0 ? message : $"{path}: {message}";
}
