using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Niche.Triggers.Binding;
using Niche.Triggers.Execution;
using Niche.Triggers.Hosting;

namespace Niche.Triggers.Http;

/// <summary>Maps HTTP functions to endpoints and turns their results, and their failures, into answers.</summary>
internal sealed class HttpFunctions(
    FunctionCatalog catalog, HostSettings settings, FunctionExecutor executor, FunctionKeys keys, ILoggerFactory logs)
{
    private static readonly ActionDescriptor NoAction = new();

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var function in catalog.Functions)
        {
            if (function.Trigger is not HttpTrigger http || function.Disabled)
                continue;
            var pattern = $"/{settings.RoutePrefix}/{http.Route}".Replace("//", "/", StringComparison.Ordinal);
            var log = logs.CreateLogger("Function." + function.Name);
            RequestDelegate run = context => RunAsync(function, http.AuthLevel, context, log);
            var mapped = http.Methods is { } methods ? endpoints.MapMethods(pattern, methods, run) : endpoints.Map(pattern, run);
            mapped.WithDisplayName(function.Name).WithMetadata(function);
        }
    }

    private async Task RunAsync(FunctionDescriptor function, AuthorizationLevel level, HttpContext http, ILogger log)
    {
        if (!keys.Allows(function.Name, level, http))
        {
            await Problem.WriteAsync(http, StatusCodes.Status401Unauthorized, "Unauthorized",
                "Show a valid key in the header x-functions-key.").ConfigureAwait(false);
            return;
        }

        try
        {
            var result = await executor.RunAsync(function, http).ConfigureAwait(false);
            if (result is not null && function.HttpResult?.Invoke(result) is { } answer)
                await answer.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(function, http, e, log).ConfigureAwait(false);
        }
    }

    private static Task FailAsync(FunctionDescriptor function, HttpContext http, Exception failure, ILogger log)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            log.LogDebug(failure, "The caller of {Function} went away.", function.Name);
            return Task.CompletedTask;
        }

        switch (failure)
        {
            case RouteValueException:
                return Problem.WriteAsync(http, StatusCodes.Status400BadRequest, "Bad request", failure.Message);
            case BadHttpRequestException bad:
                return Problem.WriteAsync(http, bad.StatusCode, "Bad request", "The request could not be read.");
            case FunctionTimeoutException:
                log.LogError(failure, "Function {Function} took too long.", function.Name);
                return Problem.WriteAsync(http, StatusCodes.Status504GatewayTimeout, "Timeout", "The function took too long.");
            default:
                log.LogError(failure, "Function {Function} failed; trace {TraceId}.", function.Name, http.TraceIdentifier);
                return Problem.WriteAsync(http, StatusCodes.Status500InternalServerError, "Internal error",
                    "The function failed. The trace id finds the reason in the log.");
        }
    }
}
