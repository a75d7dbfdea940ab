using System.Text.Json;
using System.Text.Json.Serialization;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// A synapse without a class of its own, for tools that learn its name and fields when they run. <see cref="Synapse.Name"/> is the route; a dendrite
/// sends it, an axon does not serve it.
/// </summary>
public sealed record OpenSynapse : Synapse
{
    private const int MaxNameLength = 128;

    /// <summary>The synapse's own fields, by their names on the wire.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Fields { get; init; } = [];

    /// <summary>The fields that the body hash covers, in hashing order; they must be among <see cref="Fields"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> HashFields { get; init; } = [];

    /// <summary>True for a name that can be a class of a peer, and so a route.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxNameLength } && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
