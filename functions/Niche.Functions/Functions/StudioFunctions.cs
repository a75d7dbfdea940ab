using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Subnet.Errors;

namespace Niche.Functions;

/// <summary>Studio's files, out of memory: the folder is small and read once. Takes whatever no other route takes, so that nothing is answered without a problem document.</summary>
public sealed class StudioFunctions(StudioFiles files)
{
    [Function("Studio")]
    public IActionResult Get([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path)
    {
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || files.Find(path) is not { } file)
        {
            return Problem.From(request, ErrorCatalogue.Create(
                ErrorCodes.NotFound, "Nothing answers to this method and path. The API is described in /openapi.json."));
        }

        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = StudioFiles.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return new FileContentResult(file.Content, file.ContentType) { EntityTag = file.ETag };
    }
}
