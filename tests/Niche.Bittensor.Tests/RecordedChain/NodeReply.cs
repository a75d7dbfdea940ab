namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Bytes to send, and what to do wrong with the connection.</summary>
public sealed record NodeReply(byte[] Bytes, NodeMischief.Kind? Mischief);
