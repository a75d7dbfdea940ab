using System.Text.Json;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>One message of a node: an answer (id and either result or error) or news of a subscription.</summary>
internal readonly record struct RpcMessage(long? Id, JsonElement Result, JsonElement? Error, string? Subscription);
