namespace Niche.Bittensor.Chain.Rpc;

/// <summary>How a node does at the moment.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <param name="Failures">Failures in a row.</param>
/// <param name="RestsUntil">It is not asked before; null when it may be asked now.</param>
/// <param name="LastFault">Why it failed last; null when it did not.</param>
public sealed record RpcNodeStatus(string Endpoint, int Failures, DateTimeOffset? RestsUntil, SubtensorError? LastFault);
