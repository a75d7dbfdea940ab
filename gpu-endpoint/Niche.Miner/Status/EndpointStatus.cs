namespace Niche.Miner.Status;

/// <summary>One endpoint as the operator sees it.</summary>
/// <param name="Address">Base address.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="Resting">True for some seconds after a failure.</param>
public sealed record EndpointStatus(Uri Address, int InFlight, bool Resting);
