using System.Text.Json;
using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Repository;

/// <summary>What the commands send and read, compiled ahead.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RemoteJson : JsonSerializerContext;
