namespace Niche.Miner.Endpoints;

/// <summary>All endpoints of the miner.</summary>
public sealed class EndpointPool
{
    /// <summary>A pool of one link per address.</summary>
    public EndpointPool(IEnumerable<Uri> addresses, TimeProvider time)
    {
        Links = [.. addresses.Select(address => new EndpointLink(WithSlash(address), time))];
        if (Links.Count == 0) throw new ArgumentException("A miner needs at least one endpoint.", nameof(addresses));
    }

    /// <summary>The links, in the order given.</summary>
    public IReadOnlyList<EndpointLink> Links { get; }

    /// <summary>True once any endpoint said what it serves.</summary>
    public bool IsKnown => Links.Any(link => link.Models.Count > 0);

    /// <summary>Every model that work can be asked of, pictures first, each name once.</summary>
    public IReadOnlyList<EndpointModel> Models =>
        [.. Links.SelectMany(link => link.Models)
            .Where(model => model.Kind is null or "image" or "text")
            .OrderBy(model => model.Kind is "text" ? 1 : 0)
            .DistinctBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>Endpoints for a model, the best to ask first: those that work before those that failed just now, the least busy before others.</summary>
    public IReadOnlyList<EndpointLink> For(string model, string kind) =>
        [.. Links.Where(link => link.Serves(model, kind)).OrderBy(link => link.IsResting).ThenBy(link => link.InFlight)];

    private static Uri WithSlash(Uri address) =>
        address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
