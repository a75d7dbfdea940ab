using System.Text.Json;

namespace Niche.DiscordStandIn.Description;

/// <summary>A call of the API as the description knows it.</summary>
/// <param name="Id">Its operationId.</param>
/// <param name="Template">Its path with parameters in braces.</param>
/// <param name="Definition">The operation.</param>
/// <param name="Shared">What stands beside the methods of its path.</param>
public sealed record ApiOperation(string Id, string Template, JsonElement Definition, JsonElement Shared);
