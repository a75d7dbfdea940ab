namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>GET /capabilities</c>: what a client needs to know before it asks.</summary>
/// <param name="Routes">Routes for work.</param>
/// <param name="Pipelines">Pipelines of every image model.</param>
/// <param name="ImageFormats">Formats of pictures made.</param>
/// <param name="MaxBodyBytes">Largest body.</param>
/// <param name="MaxQueue">Requests of one kind that may wait.</param>
/// <param name="Streaming">Whether progress comes as events.</param>
/// <param name="ImageUrls">Whether pictures of requests may be https addresses.</param>
/// <param name="PicturesJudged">Whether pictures are judged before they leave.</param>
/// <param name="Provider">What computes.</param>
/// <param name="Models">Every served model.</param>
public sealed record CapabilitiesAnswer(
    IReadOnlyList<string> Routes, IReadOnlyDictionary<string, IReadOnlyList<string>> Pipelines, IReadOnlyList<string> ImageFormats,
    int MaxBodyBytes, int MaxQueue, bool Streaming, bool ImageUrls, bool PicturesJudged, ProviderAnswer Provider, IReadOnlyList<ModelAnswer> Models);
