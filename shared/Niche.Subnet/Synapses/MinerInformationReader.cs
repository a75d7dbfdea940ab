using System.Net;
using System.Text.Json;
using Niche.Subnet.Errors;

namespace Niche.Subnet.Synapses;

/// <summary>Reads a stranger's miner information field by field, so that one odd field names itself instead of ending a round.</summary>
internal sealed class MinerInformationReader
{
    private const int MaxName = 64;
    private const int MaxModels = 32;
    private const int MaxVolume = 1_000_000;
    private readonly JsonElement source;
    private readonly List<NicheError> errors = [];

    private MinerInformationReader(JsonElement source) => this.source = source;

    public static Result<MinerInformation> Read(JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object)
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidMinerInformation, "'response_dict' must be an object.", "response_dict"));
        var reader = new MinerInformationReader(source);
        var information = reader.Flag("is_layer_zero") ? reader.LayerZero() : reader.Normal();
        return reader.errors.Count == 0 ? new(information) : new(reader.errors);
    }

    private MinerInformation LayerZero()
    {
        var nested = source.TryGetProperty("layer_one", out var value) ? value : default;
        var port = nested.Whole("port");
        var ip = nested.Text("ip", MaxName);
        if (port is < 1 or > 65_535 or null) Report("layer_one.port", "must be a whole number between 1 and 65535");
        if (!IPAddress.TryParse(ip, out _)) Report("layer_one.ip", "must be an IP address");
        return new MinerInformation { IsLayerZero = true, LayerOne = new LayerOneEndpoint(ip ?? "", (int)(port ?? 0)) };
    }

    private MinerInformation Normal()
    {
        var name = source.Text("model_name", MaxName);
        if (!IsName(name)) Report("model_name", "must be a text of 1 to 64 printable ASCII characters");
        var device = source.TryGetProperty("device_info", out var nested) ? nested : default;
        return new MinerInformation
        {
            ModelName = name ?? "",
            TotalVolume = (int?)Whole("total_volume", 0, MaxVolume),
            SizePreferenceFactor = Number("size_preference_factor", 0, 100),
            MinStake = Number("min_stake", 0, 1e15),
            DeviceName = device.Text("gpu_device_name", 128),
            DeviceCount = device.Whole("gpu_device_count") is >= 0 and <= 1024 and { } count ? (int)count : null,
            IsLayerOne = Flag("is_layer_one"),
            Models = Models(name),
            ModelDigest = Digest(),
            FreeShare = Number("free_share", 0, 1),
        };
    }

    private IReadOnlyList<string> Models(string? name)
    {
        IReadOnlyList<string> fallback = name is null ? [] : [name];
        if (!Present("models", out var list)) return fallback;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxModels
            || !list.EnumerateArray().All(m => IsName(m.AsText(MaxName))))
        {
            Report("models", "must be a list of 1 to 32 model names");
            return fallback;
        }

        var models = list.EnumerateArray().Select(m => m.GetString()!).Distinct(StringComparer.Ordinal).ToList();
        if (name is not null && !models.Contains(name)) models.Insert(0, name);
        return models;
    }

    private string? Digest()
    {
        if (!Present("model_digest", out _)) return null;
        var digest = source.Text("model_digest", 64);
        if (digest is { Length: 64 } && digest.All(char.IsAsciiHexDigitLower)) return digest;
        Report("model_digest", "must be 64 lower-case hex digits");
        return null;
    }

    private bool Flag(string name)
    {
        if (!Present(name, out _)) return false;
        var flag = source.Flag(name);
        if (flag is null) Report(name, "must be true or false");
        return flag ?? false;
    }

    private double? Number(string name, double min, double max)
    {
        if (!Present(name, out _)) return null;
        var number = source.Number(name);
        if (number >= min && number <= max) return number;
        Report(name, FormattableString.Invariant($"must be a number between {min} and {max}"));
        return null;
    }

    private long? Whole(string name, long min, long max)
    {
        if (!Present(name, out _)) return null;
        var whole = source.Whole(name);
        if (whole >= min && whole <= max) return whole;
        Report(name, FormattableString.Invariant($"must be a whole number between {min} and {max}"));
        return null;
    }

    private bool Present(string name, out JsonElement value) =>
        source.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private void Report(string path, string rule) =>
        errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidMinerInformation, $"'{path}' {rule}.", $"response_dict.{path}"));

    private static bool IsName(string? name) => name is { Length: > 0 and <= MaxName } && name.All(c => c is > ' ' and < (char)127);
}
