namespace Niche.GpuEndpoint.Access;

/// <summary>Somebody who may not change this endpoint tried to.</summary>
internal sealed class OperatorException() : Exception("Models are changed from this machine only, or from anywhere with an API key once the endpoint has one (--api-key-file).");
