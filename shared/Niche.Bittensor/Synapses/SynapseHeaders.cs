namespace Niche.Bittensor.Synapses;

/// <summary>The HTTP headers of a request or answer. Written and read by <see cref="SynapseHeaderCodec"/>.</summary>
public sealed record SynapseHeaders
{
    internal static readonly IReadOnlyDictionary<string, string> NoInputObjects = new Dictionary<string, string>();

    /// <summary><c>name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>timeout</c>, seconds.</summary>
    public double? Timeout { get; init; }

    /// <summary><c>bt_header_axon_*</c>.</summary>
    public TerminalInfo Axon { get; init; } = new();

    /// <summary><c>bt_header_dendrite_*</c>.</summary>
    public TerminalInfo Dendrite { get; init; } = new();

    /// <summary><c>bt_header_input_obj_{field}</c>: wire name to JSON text (base64 on the wire).</summary>
    public IReadOnlyDictionary<string, string> InputObjects { get; init; } = NoInputObjects;

    /// <summary><c>header_size</c>; meaningless.</summary>
    public long? HeaderSize { get; init; }

    /// <summary><c>total_size</c>; meaningless.</summary>
    public long? TotalSize { get; init; }

    /// <summary><c>computed_body_hash</c>.</summary>
    public string? ComputedBodyHash { get; init; }

    /// <summary><c>niche_body_sha256</c>: our addition, SHA-256 of the raw body in lower-case hex.</summary>
    public string? BodySha256 { get; init; }

    /// <summary><c>niche_body_signature</c>: our addition, see <see cref="SigningText.BodyBinding"/>.</summary>
    public string? BodySignature { get; init; }
}
