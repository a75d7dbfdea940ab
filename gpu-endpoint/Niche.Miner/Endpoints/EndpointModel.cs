namespace Niche.Miner.Endpoints;

/// <summary>One model of an endpoint.</summary>
/// <param name="Name">Name as validators ask for it.</param>
/// <param name="Kind"><c>image</c>, <c>text</c>, <c>embedding</c>; null when a stock endpoint does not say.</param>
/// <param name="Digest">SHA-256 of the model folder, lower-case hex; null when unknown.</param>
public sealed record EndpointModel(string Name, string? Kind, string? Digest);
