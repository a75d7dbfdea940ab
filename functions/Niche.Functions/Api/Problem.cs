using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Subnet.Errors;

namespace Niche.Functions.Api;

/// <summary>
/// Errors on the wire: problem+json (RFC 9457) with a stable code, all faults at once, and the member <c>error</c> that clients of the OpenAI
/// API read.
/// </summary>
public static class Problem
{
    /// <summary>Media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>An answer for one or more errors; the first decides the status.</summary>
    public static IActionResult From(HttpRequest request, params IReadOnlyList<NicheError> errors)
    {
        NicheError first = errors[0];
        if (first.RetryAfter is { } wait)
            request.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (first.Status == StatusCodes.Status401Unauthorized) request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        ProblemBody body = Body(request, errors);
        return new JsonResult(body, ApiJson.Options) { StatusCode = first.Status, ContentType = MediaType };
    }

    /// <summary>The document itself, for answers that are not yet or no longer an <see cref="IActionResult"/>.</summary>
    public static ProblemBody Body(HttpRequest request, IReadOnlyList<NicheError> errors)
    {
        NicheError first = errors[0];
        string kind = first.Status < 500 ? "invalid_request_error" : "server_error";
        return new ProblemBody(
            $"urn:niche:error:{first.Code}", first.Title, first.Status, first.Detail, first.Code, request.HttpContext.TraceIdentifier,
            first.Allowed, [.. errors.Select(error => new ProblemItem(error.Code, error.Parameter, error.Detail, error.Allowed))],
            new OpenAiError(first.Detail, kind, first.Parameter, first.Code));
    }
}
