namespace Niche.Miner.Status;

/// <summary>What the operator sees at <c>GET /status</c>.</summary>
/// <param name="Hotkey">The miner's address.</param>
/// <param name="Models">Names of what it serves.</param>
/// <param name="Endpoints">Each endpoint: address, requests under way, whether it failed just now.</param>
/// <param name="Block">Block of the last metagraph; null before the first.</param>
/// <param name="TotalVolume">Requests per interval for all.</param>
/// <param name="IntervalSeconds">Length of the interval.</param>
/// <param name="Shares">Requests per interval by validator hotkey.</param>
/// <param name="Running">Requests at work.</param>
/// <param name="Waiting">Requests waiting.</param>
/// <param name="Outcomes">Ended requests by outcome.</param>
/// <param name="LastError">The last failure.</param>
public sealed record MinerStatus(
    string Hotkey, IReadOnlyList<string> Models, IReadOnlyList<EndpointStatus> Endpoints, ulong? Block, int TotalVolume, double IntervalSeconds,
    IReadOnlyDictionary<string, int> Shares, int Running, int Waiting, IReadOnlyDictionary<string, long> Outcomes, LastError? LastError);
