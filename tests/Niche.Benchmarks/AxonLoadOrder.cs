namespace Niche.Benchmarks;

/// <summary>What the load process shall do.</summary>
/// <param name="Port">Of the axon on loopback.</param>
/// <param name="Hotkey">The axon's address.</param>
/// <param name="Path">The synapse: <c>Bench</c> for small bodies, others for large ones.</param>
/// <param name="Connections">Connections, each with one request at a time.</param>
/// <param name="Requests">In all.</param>
/// <param name="Rate">Requests a second; 0 for as fast as they are answered.</param>
/// <param name="BodyBytes">Size of a large body.</param>
internal sealed record AxonLoadOrder(int Port, string Hotkey, string Path, int Connections, int Requests, int Rate = 0, int BodyBytes = 0);
