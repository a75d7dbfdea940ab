using System.Text.Json.Serialization;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// A message between dendrite and axon, and the answer to it. Derive a sealed record with the fields of the subnet's synapse; its class
/// name is the route, C# names become snake_case on the wire (or use <see cref="JsonPropertyNameAttribute"/>), <c>required</c> members are
/// the fields a stock peer expects as <c>bt_header_input_obj_*</c>, and <see cref="RequiredHashFieldsAttribute"/> lists what the signature covers.
/// The base class itself is the ping that every axon answers.
/// </summary>
/// <remarks>Source: Bittensor SDK 10.2.0, class <c>Synapse</c>. The base fields are filled by dendrite and axon; leave them alone.</remarks>
public record Synapse
{
    /// <summary>Class name of the synapse.</summary>
    [JsonPropertyOrder(-7)]
    public string? Name { get; init; }

    /// <summary>Seconds the caller will wait.</summary>
    [JsonPropertyOrder(-6)]
    public double? Timeout { get; init; }

    /// <summary>The sender's idea of its memory size; meaningless, kept for stock peers.</summary>
    [JsonPropertyOrder(-5)]
    public long? TotalSize { get; init; }

    /// <summary>The sender's idea of its header size; meaningless, kept for stock peers.</summary>
    [JsonPropertyOrder(-4)]
    public long? HeaderSize { get; init; }

    /// <summary>The caller.</summary>
    [JsonPropertyOrder(-3)]
    public TerminalInfo? Dendrite { get; init; }

    /// <summary>The called.</summary>
    [JsonPropertyOrder(-2)]
    public TerminalInfo? Axon { get; init; }

    /// <summary>Hash over the required hash fields; empty in bodies, filled in headers.</summary>
    [JsonPropertyOrder(-1)]
    public string? ComputedBodyHash { get; init; }

    /// <summary>The class name only: fields hold prompts and pictures, which do not belong in logs.</summary>
    public sealed override string ToString() => GetType().Name;
}
