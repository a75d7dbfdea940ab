using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// Synapse headers to and from name/value pairs: strict in what is written (ASCII, one line, at most 1,024 characters a value),
/// bounded in what is read. Unknown headers are passed over. Source: SDK 10.2.0, <c>Synapse.to_headers</c>, <c>parse_headers_to_inputs</c>.
/// </summary>
public static class SynapseHeaderCodec
{
    private const string AxonPrefix = "bt_header_axon_";
    private const string DendritePrefix = "bt_header_dendrite_";
    private const string InputPrefix = "bt_header_input_obj_";
    private const int MaxValueLength = 1024;
    private const int MaxInputObjects = 64;

    /// <summary>The pairs in the order a stock dendrite sends them; unset values are left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Encode(SynapseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return Pairs(headers).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, Clean(pair.Value!)));
    }

    /// <summary>Reads what it knows. False, with the reason, when a known header has no readable value.</summary>
    public static bool TryDecode(
        IEnumerable<KeyValuePair<string, string>> pairs, out SynapseHeaders headers, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        headers = new SynapseHeaders();
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            var key = name.ToLowerInvariant();
            if (!IsKnown(key)) continue;
            if (value.Length > MaxValueLength)
            {
                error = $"Header {key} is longer than {MaxValueLength} characters.";
                return false;
            }

            if (!TryRead(ref headers, inputs, key, value))
            {
                error = $"Header {key} can not be read.";
                return false;
            }
        }

        headers = headers with { InputObjects = inputs };
        error = null;
        return true;
    }

    private static IEnumerable<(string Name, string? Value)> Pairs(SynapseHeaders headers)
    {
        yield return ("name", headers.Name);
        yield return ("timeout", headers.Timeout is { } seconds ? PythonText.OfFloat(seconds) : null);
        foreach (var pair in Terminal(AxonPrefix, headers.Axon)) yield return pair;
        foreach (var pair in Terminal(DendritePrefix, headers.Dendrite)) yield return pair;
        foreach (var (field, json) in headers.InputObjects)
            yield return (InputPrefix + field, Convert.ToBase64String(Encoding.UTF8.GetBytes(json)));
        yield return ("header_size", Text(headers.HeaderSize));
        yield return ("total_size", Text(headers.TotalSize));
        yield return ("computed_body_hash", headers.ComputedBodyHash);
        yield return ("niche_body_sha256", headers.BodySha256);
        yield return ("niche_body_signature", headers.BodySignature);
    }

    private static IEnumerable<(string Name, string? Value)> Terminal(string prefix, TerminalInfo info)
    {
        yield return (prefix + "status_code", Text(info.StatusCode));
        yield return (prefix + "status_message", info.StatusMessage);
        yield return (prefix + "process_time", info.ProcessTime is { } seconds ? PythonText.OfFloat(seconds) : null);
        yield return (prefix + "ip", info.Ip);
        yield return (prefix + "port", Text(info.Port));
        yield return (prefix + "version", Text(info.Version));
        yield return (prefix + "nonce", Text(info.Nonce));
        yield return (prefix + "uuid", info.Uuid);
        yield return (prefix + "hotkey", info.Hotkey);
        yield return (prefix + "signature", info.Signature);
    }

    private static bool IsKnown(string key) =>
        key is "name" or "timeout" or "header_size" or "total_size" or "computed_body_hash" or "niche_body_sha256" or "niche_body_signature"
        || key.StartsWith("bt_header_", StringComparison.Ordinal);

    private static bool TryRead(ref SynapseHeaders headers, Dictionary<string, string> inputs, string key, string value)
    {
        if (key.StartsWith(AxonPrefix, StringComparison.Ordinal))
        {
            var read = TryReadTerminal(headers.Axon, key[AxonPrefix.Length..], value, out var axon);
            headers = headers with { Axon = axon };
            return read;
        }

        if (key.StartsWith(DendritePrefix, StringComparison.Ordinal))
        {
            var read = TryReadTerminal(headers.Dendrite, key[DendritePrefix.Length..], value, out var dendrite);
            headers = headers with { Dendrite = dendrite };
            return read;
        }

        if (key.StartsWith(InputPrefix, StringComparison.Ordinal)) return TryReadInput(inputs, key[InputPrefix.Length..], value);
        switch (key)
        {
            case "name": headers = headers with { Name = value }; return true;
            case "computed_body_hash": headers = headers with { ComputedBodyHash = value }; return true;
            case "niche_body_sha256": headers = headers with { BodySha256 = value }; return true;
            case "niche_body_signature": headers = headers with { BodySignature = value }; return true;
            case "timeout" when TryFloat(value, out var timeout): headers = headers with { Timeout = timeout }; return true;
            case "header_size" when TryInteger(value, out var size): headers = headers with { HeaderSize = size }; return true;
            case "total_size" when TryInteger(value, out var size): headers = headers with { TotalSize = size }; return true;
            default: return key is not ("timeout" or "header_size" or "total_size");
        }
    }

    private static bool TryReadTerminal(TerminalInfo info, string field, string value, out TerminalInfo result)
    {
        long integer = 0;
        double number = 0;
        var readable = field switch
        {
            "status_code" or "port" or "version" => TryInteger(value, out integer) && integer is >= int.MinValue and <= int.MaxValue,
            "nonce" => TryInteger(value, out integer),
            "process_time" => TryFloat(value, out number),
            _ => true,
        };
        result = !readable ? info : field switch
        {
            "status_code" => info with { StatusCode = (int)integer },
            "status_message" => info with { StatusMessage = value },
            "process_time" => info with { ProcessTime = number },
            "ip" => info with { Ip = value },
            "port" => info with { Port = (int)integer },
            "version" => info with { Version = (int)integer },
            "nonce" => info with { Nonce = integer },
            "uuid" => info with { Uuid = value },
            "hotkey" => info with { Hotkey = value },
            "signature" => info with { Signature = value },
            _ => info,
        };
        return readable;
    }

    private static bool TryReadInput(Dictionary<string, string> inputs, string field, string value)
    {
        var buffer = new byte[value.Length];
        if (inputs.Count >= MaxInputObjects || !Convert.TryFromBase64String(value, buffer, out var length)) return false;
        inputs[field] = Encoding.UTF8.GetString(buffer, 0, length);
        return true;
    }

    private static bool TryInteger(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryFloat(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Clean(string value)
    {
        var cut = value.Length > MaxValueLength ? value[..MaxValueLength] : value;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
    }
}
