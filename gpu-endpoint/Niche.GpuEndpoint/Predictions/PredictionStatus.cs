using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Predictions;

/// <summary>Where a prediction stands, in cog's words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PredictionStatus>))]
public enum PredictionStatus
{
    /// <summary>Waits for its turn.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    /// <summary>At work.</summary>
    [JsonStringEnumMemberName("processing")] Processing,

    /// <summary>Has its output.</summary>
    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>Has an error instead.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Was told to stop.</summary>
    [JsonStringEnumMemberName("canceled")] Canceled,
}
