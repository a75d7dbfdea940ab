using System.Text.Json.Serialization;

namespace Niche.Bittensor.Synapses;

/// <summary>What one end of a call (dendrite or axon) says about itself and its part in the call. Unset fields are null.</summary>
public sealed record TerminalInfo
{
    /// <summary>HTTP-like status of this end; 200 is success.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? StatusCode { get; init; }

    /// <summary>What the status means, one line.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>Seconds this end spent.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public double? ProcessTime { get; init; }

    /// <summary>IP address.</summary>
    public string? Ip { get; init; }

    /// <summary>TCP port.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? Port { get; init; }

    /// <summary>SDK version as an integer: major * 10^6 + minor * 10^3 + patch.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int? Version { get; init; }

    /// <summary>Unix time in nanoseconds.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? Nonce { get; init; }

    /// <summary>Identifies one dendrite or axon object for its lifetime.</summary>
    public string? Uuid { get; init; }

    /// <summary>SS58 address of the hotkey.</summary>
    public string? Hotkey { get; init; }

    /// <summary>0x and 128 hexadecimal digits.</summary>
    public string? Signature { get; init; }
}
