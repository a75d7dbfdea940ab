using System.Text.Json;
using Niche.Subnet.Errors;

namespace Niche.Subnet.Synapses;

/// <summary>What a miner says about itself in <c>Information.response_dict</c>: the reference's fields, and our additive ones
/// (<see cref="Models"/>, <see cref="ModelDigest"/>, <see cref="FreeShare"/>), which a stock validator ignores.</summary>
public sealed record MinerInformation
{
    /// <summary>Model (category) that it serves; empty for a layer-zero miner.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Requests per interval that it offers; null when it named none. Clamp by policy before use.</summary>
    public int? TotalVolume { get; init; }

    /// <summary>Exponent it claims to split by; information only, the policy decides.</summary>
    public double? SizePreferenceFactor { get; init; }

    /// <summary>Smallest stake it claims to serve; information only.</summary>
    public double? MinStake { get; init; }

    /// <summary>GPU (or CPU) name, as claimed.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Number of devices, as claimed.</summary>
    public int? DeviceCount { get; init; }

    /// <summary>True when this axon only points at another one.</summary>
    public bool IsLayerZero { get; init; }

    /// <summary>True when another axon points here.</summary>
    public bool IsLayerOne { get; init; }

    /// <summary>The other axon of a layer-zero miner.</summary>
    public LayerOneEndpoint? LayerOne { get; init; }

    /// <summary>Every model it can serve; holds <see cref="ModelName"/> at least.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>SHA-256 (lower-case hex) of the model folder, as claimed.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>Part of its capacity that is free now, 0..1.</summary>
    public double? FreeShare { get; init; }

    /// <summary>Reads a stranger's answer. Never throws; every breach is reported with its path.</summary>
    public static Result<MinerInformation> Parse(JsonElement responseDict) => MinerInformationReader.Read(responseDict);

    /// <summary>Writes the object in the reference's shape.</summary>
    public JsonElement ToElement() => IsLayerZero
        ? JsonObjects.From(new { LayerOne, IsLayerZero })
        : JsonObjects.From(new
        {
            ModelName,
            TotalVolume,
            SizePreferenceFactor,
            MinStake,
            DeviceInfo = new { GpuDeviceName = DeviceName, GpuDeviceCount = DeviceCount },
            IsLayerZero,
            IsLayerOne,
            Models,
            ModelDigest,
            FreeShare,
        });
}
