namespace Niche.Bittensor.Synapses;

/// <summary>
/// A synapse whose signature covers its path and its whole body, through one required hash field. Derive the synapses of a new subnet from
/// it; the field counts as the last of their required hash fields.
/// </summary>
/// <remarks>
/// Stock peers need nothing but the field in their class: <c>body_digest: str = ""</c>, last in <c>required_hash_fields</c>. A stock dendrite
/// leaves it empty and is served unless <see cref="Axon.AxonOptions.RequireBodyBinding"/> says otherwise; a stock axon hashes it like any
/// text. Since the signature covers the field, a digest can neither be exchanged nor taken out on the way. See <see cref="BodyDigest"/>.
/// </remarks>
public abstract record BoundSynapse : Synapse
{
    internal const string FieldName = "body_digest";

    /// <summary>Filled by our dendrite: <see cref="Synapses.BodyDigest"/> of the body it sends. Empty: not bound.</summary>
    public string BodyDigest { get; init; } = "";
}
