namespace Niche.Bittensor.Synapses;

/// <summary>
/// The wire names of the fields that the body hash, and so the signature, covers, in hashing order. Prefer strings and integers: other
/// types are hashed by their Python text. Without this attribute no field is covered.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequiredHashFieldsAttribute(params string[] fields) : Attribute
{
    /// <summary>Wire names in hashing order.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;
}
