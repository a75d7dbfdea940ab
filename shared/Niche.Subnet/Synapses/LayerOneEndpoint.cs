namespace Niche.Subnet.Synapses;

/// <summary>Where the working axon of a layer-zero miner listens.</summary>
/// <param name="Ip">IP address text.</param>
/// <param name="Port">1..65535.</param>
public sealed record LayerOneEndpoint(string Ip, int Port);
