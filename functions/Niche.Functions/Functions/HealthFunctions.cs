using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Validator.Upkeep;

namespace Niche.Functions;

/// <summary>Alive, and ready for work.</summary>
public sealed class HealthFunctions(Readiness readiness)
{
    [Function("Live")]
    public static IActionResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        ApiJson.Answer(request, new LiveBody("live"));

    [Function("Ready")]
    public async Task<IActionResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken ct)
    {
        ReadinessReport report = await readiness.CheckAsync(ct);
        return ApiJson.Answer(request, report, report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
