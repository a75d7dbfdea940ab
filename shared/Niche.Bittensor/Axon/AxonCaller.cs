using System.Net;

namespace Niche.Bittensor.Axon;

/// <summary>Who is calling, as far as it is proven.</summary>
/// <param name="Hotkey">SS58 address (prefix 42) whose signature was verified.</param>
/// <param name="Uuid">The caller's dendrite, as it names itself; signed.</param>
/// <param name="Nonce">Unix nanoseconds of the request; signed.</param>
/// <param name="Version">SDK version the caller claims; not signed.</param>
/// <param name="Timeout">How long the caller says it waits; not signed.</param>
/// <param name="RemoteIp">The TCP peer, which a proxy may stand for.</param>
/// <param name="BodyBound">True when path and whole body are covered by a signature, not only the required hash fields. A blacklist,
/// asked before the body is there, sees only the headers' word for it, which is checked afterwards.</param>
public sealed record AxonCaller(
    string Hotkey, string Uuid, long Nonce, int Version, TimeSpan? Timeout, IPAddress? RemoteIp, bool BodyBound);
