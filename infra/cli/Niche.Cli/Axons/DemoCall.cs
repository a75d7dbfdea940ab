using System.Net;

namespace Niche.Cli.Axons;

/// <summary>A call that the demonstration axon answered; who called is proven by a signature.</summary>
internal sealed record DemoCall(DateTimeOffset Time, string Synapse, string Hotkey, IPAddress? Ip);
