using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Validator.Network;

namespace Niche.Functions;

/// <summary>Who works, how well, and what it earned.</summary>
public sealed class MinerFunctions(NetworkView network)
{
    [Function("ListMiners")]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/miners")] HttpRequest request, CancellationToken ct) =>
        ApiJson.Answer(request, NetworkBody.From(await network.ReadAsync(ct)));
}
