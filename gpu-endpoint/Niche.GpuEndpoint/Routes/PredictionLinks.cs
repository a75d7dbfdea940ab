namespace Niche.GpuEndpoint.Routes;

/// <summary>Where to ask on.</summary>
/// <param name="Get">The prediction; with <c>Accept: text/event-stream</c> its events.</param>
/// <param name="Cancel">Stops it, by POST.</param>
public sealed record PredictionLinks(string Get, string Cancel);
