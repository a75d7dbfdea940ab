using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>
/// Typed reads of a JSON object that collect every error instead of stopping at the first. Null counts as absent; unknown fields are
/// ignored.
/// </summary>
internal sealed class FieldReader
{
    private readonly JsonElement _root;
    private readonly string _prefix;
    private readonly List<FieldError> _errors;

    public FieldReader(JsonElement root)
        : this(root, "", [])
    {
    }

    private FieldReader(JsonElement root, string prefix, List<FieldError> errors) => (_root, _prefix, _errors) = (root, prefix, errors);

    /// <summary>Files of pictures by the address that names them.</summary>
    public IReadOnlyDictionary<string, byte[]> Fetched { get; init; } = new Dictionary<string, byte[]>();

    public JsonElement? Find(string name) =>
        _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public void Add(
        string name, string code, string message, double? min = null, double? max = null, IReadOnlyList<string>? allowed = null) =>
        _errors.Add(new FieldError(_prefix + name, code, $"{_prefix}{name}: {message}", min, max, allowed));

    /// <summary>A nested object; absent reads as empty.</summary>
    public FieldReader Object(string name)
    {
        var value = Find(name);
        if (value is { ValueKind: not JsonValueKind.Object }) Wrong(name, "an object");
        return new FieldReader(value is { ValueKind: JsonValueKind.Object } ? value.Value : default, $"{_prefix}{name}.", _errors) { Fetched = Fetched };
    }

    public string Text(string name, string otherwise, int maxLength, string code)
    {
        if (Find(name) is not { } value) return otherwise;
        if (JsonText.Read(value) is not { } text) return Wrong(name, "a string", otherwise);
        if (text.Length <= maxLength) return text;
        Add(name, code, string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters; at most {maxLength} are allowed"),
            max: maxLength);
        return otherwise;
    }

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Wrong(name, "true or false", false),
    };

    public long Whole(string name, Bounds<long> bounds, string code)
    {
        if (Find(name) is not { } value) return bounds.Default;
        // 20.0 is what many clients send for 20.
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
        {
            return Wrong(name, "a whole number", bounds.Default);
        }
        return number == Math.Floor(number) && number >= bounds.Min && number <= bounds.Max
            ? (long)number
            : OutOfRange(name, code, "a whole number", bounds);
    }

    public double Number(string name, Bounds<double> bounds, string code)
    {
        if (Find(name) is not { } value) return bounds.Default;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number)) return Wrong(name, "a number", bounds.Default);
        return bounds.Contains(number) ? number : OutOfRange(name, code, "a number", bounds);
    }

    /// <summary>SHA-256 of the JSON text as it came.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_root.GetRawText())));

    public void ThrowIfAny()
    {
        if (_errors.Count > 0) throw new InvalidRequestException(_errors);
    }

    public T Wrong<T>(string name, string expected, T otherwise)
    {
        Wrong(name, expected);
        return otherwise;
    }

    private void Wrong(string name, string expected) => Add(name, "field_type", $"must be {expected}");

    private T OutOfRange<T>(string name, string code, string what, Bounds<T> bounds)
        where T : System.Numerics.INumber<T>
    {
        Add(name, code, string.Create(CultureInfo.InvariantCulture, $"must be {what} from {bounds.Min} to {bounds.Max}"),
            double.CreateChecked(bounds.Min), double.CreateChecked(bounds.Max));
        return bounds.Default;
    }
}
