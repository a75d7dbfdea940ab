using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Subnet.Errors;

namespace Niche.Functions;

/// <summary>Studio's files and the API's description, out of memory: the folder is small and read once.</summary>
public sealed class StudioFunctions(StudioFiles files)
{
    [Function("Studio")]
    public IActionResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request, string? path)
    {
        if (files.Find(path) is not { } file)
            return Problem.From(request, ErrorCatalogue.Create(ErrorCodes.NotFound, $"There is nothing at /{path}. The API is described in /openapi.json."));
        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = StudioFiles.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return new FileContentResult(file.Content, file.ContentType) { EntityTag = file.ETag };
    }
}
