using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Niche.Bittensor.Synapses;

/// <summary>Takes headers one by one, in any order and case, and makes <see cref="SynapseHeaders"/> of them.</summary>
internal sealed class SynapseHeaderParts
{
    private const int MaxInputObjects = 64;
    private static readonly FrozenDictionary<string, Func<SynapseHeaderParts, string, bool>> Readers = CreateReaders();

    private readonly Terminal _axon = new();
    private readonly Terminal _dendrite = new();
    private Dictionary<string, string>? _inputs;
    private string? _name;
    private double? _timeout;
    private long? _headerSize;
    private long? _totalSize;
    private string? _bodyHash;
    private string? _bodySha256;
    private string? _bodySignature;

    /// <summary>False, with the reason, when a header that matters has no readable value.</summary>
    public bool TryRead(string name, string value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        Func<SynapseHeaderParts, string, bool>? read = null;
        var input = name.StartsWith(SynapseHeaderNames.InputPrefix, StringComparison.OrdinalIgnoreCase);
        if (!input && !Readers.TryGetValue(name, out read)) return true;
        if (value.Length > SynapseHeaderCodec.MaxValueLength)
            error = $"Header {Shown(name)} is longer than {SynapseHeaderCodec.MaxValueLength} characters.";
        else if (!(read?.Invoke(this, value) ?? TryReadInput(name[SynapseHeaderNames.InputPrefix.Length..].ToLowerInvariant(), value)))
            error = $"Header {Shown(name)} can not be read.";
        return error is null;
    }

    public SynapseHeaders ToHeaders() => new()
    {
        Name = _name,
        Timeout = _timeout,
        Axon = _axon.ToInfo(),
        Dendrite = _dendrite.ToInfo(),
        InputObjects = _inputs ?? SynapseHeaders.NoInputObjects,
        HeaderSize = _headerSize,
        TotalSize = _totalSize,
        ComputedBodyHash = _bodyHash,
        BodySha256 = _bodySha256,
        BodySignature = _bodySignature,
    };

    private static FrozenDictionary<string, Func<SynapseHeaderParts, string, bool>> CreateReaders()
    {
        var readers = new Dictionary<string, Func<SynapseHeaderParts, string, bool>>
        {
            [SynapseHeaderNames.Name] = (parts, text) => Take(text, out parts._name),
            [SynapseHeaderNames.Timeout] = (parts, text) => TryFloat(text, out parts._timeout),
            [SynapseHeaderNames.HeaderSize] = (parts, text) => TryInteger(text, out parts._headerSize),
            [SynapseHeaderNames.TotalSize] = (parts, text) => TryInteger(text, out parts._totalSize),
            [SynapseHeaderNames.ComputedBodyHash] = (parts, text) => Take(text, out parts._bodyHash),
            [SynapseHeaderNames.BodySha256] = (parts, text) => Take(text, out parts._bodySha256),
            [SynapseHeaderNames.BodySignature] = (parts, text) => Take(text, out parts._bodySignature),
        };
        AddTerminal(readers, TerminalHeaderNames.Axon, parts => parts._axon);
        AddTerminal(readers, TerminalHeaderNames.Dendrite, parts => parts._dendrite);
        return readers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static void AddTerminal(
        Dictionary<string, Func<SynapseHeaderParts, string, bool>> readers, TerminalHeaderNames names, Func<SynapseHeaderParts, Terminal> of)
    {
        readers[names.StatusCode] = (parts, text) => TryShort(text, out of(parts).StatusCode);
        readers[names.StatusMessage] = (parts, text) => Take(text, out of(parts).StatusMessage);
        readers[names.ProcessTime] = (parts, text) => TryFloat(text, out of(parts).ProcessTime);
        readers[names.Ip] = (parts, text) => Take(text, out of(parts).Ip);
        readers[names.Port] = (parts, text) => TryShort(text, out of(parts).Port);
        readers[names.Version] = (parts, text) => TryShort(text, out of(parts).Version);
        readers[names.Nonce] = (parts, text) => TryInteger(text, out of(parts).Nonce);
        readers[names.Uuid] = (parts, text) => Take(text, out of(parts).Uuid);
        readers[names.Hotkey] = (parts, text) => Take(text, out of(parts).Hotkey);
        readers[names.Signature] = (parts, text) => Take(text, out of(parts).Signature);
    }

    private bool TryReadInput(string field, string value)
    {
        Span<byte> buffer = stackalloc byte[SynapseHeaderCodec.MaxValueLength];
        _inputs ??= new Dictionary<string, string>(StringComparer.Ordinal);
        if (_inputs.Count >= MaxInputObjects || !Convert.TryFromBase64String(value, buffer, out var length)) return false;
        _inputs[field] = Encoding.UTF8.GetString(buffer[..length]);
        return true;
    }

    private static string Shown(string name) => (name.Length <= 64 ? name : name[..64]).ToLowerInvariant();

    private static bool Take(string text, out string? value)
    {
        value = text;
        return true;
    }

    private static bool TryInteger(string text, out long? value)
    {
        var read = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        value = number;
        return read;
    }

    private static bool TryShort(string text, out int? value)
    {
        var read = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        value = number;
        return read;
    }

    private static bool TryFloat(string text, out double? value)
    {
        var read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        value = number;
        return read;
    }

    private sealed class Terminal
    {
        public int? StatusCode;
        public string? StatusMessage;
        public double? ProcessTime;
        public string? Ip;
        public int? Port;
        public int? Version;
        public long? Nonce;
        public string? Uuid;
        public string? Hotkey;
        public string? Signature;

        public TerminalInfo ToInfo() => new()
        {
            StatusCode = StatusCode, StatusMessage = StatusMessage, ProcessTime = ProcessTime, Ip = Ip, Port = Port,
            Version = Version, Nonce = Nonce, Uuid = Uuid, Hotkey = Hotkey, Signature = Signature,
        };
    }
}
