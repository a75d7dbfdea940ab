namespace Niche.Bittensor.Chain.Metadata;

/// <summary>The runtime has no pallet, call, storage item, constant or API of that name. The message offers the nearest names that it has.</summary>
public sealed class MetadataNameException : Exception
{
    /// <summary>An empty instance.</summary>
    public MetadataNameException()
    {
    }

    /// <summary>Says which name is unknown.</summary>
    public MetadataNameException(string message)
        : base(message)
    {
    }

    /// <summary>Says which name is unknown, with a cause.</summary>
    public MetadataNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static MetadataNameException For(string kind, string name, IEnumerable<string> known)
    {
        var near = NearestNames.To(name, known);
        return new($"This runtime has no {kind} \"{NearestNames.Shown(name)}\"{(near.Count > 0 ? $"; near it: {string.Join(", ", near)}" : "")}.");
    }
}
