using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Functions.Api.Document;

namespace Niche.Functions;

/// <summary>What the API says about itself, to programs and to language models.</summary>
public sealed class DocumentFunctions(ApiDocument document)
{
    [Function("GetOpenApi")]
    public IActionResult OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        Show(request, document.OpenApi);

    [Function("GetLlms")]
    public IActionResult Llms([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "llms.txt")] HttpRequest request) =>
        Show(request, document.Llms);

    private static FileContentResult Show(HttpRequest request, StudioFile file)
    {
        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        return new FileContentResult(file.Content, file.ContentType) { EntityTag = file.ETag };
    }
}
