using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Niche.FunctionsHost.Protocol;

namespace Niche.FunctionsHost.Triggers;

/// <summary>Takes HTTP requests at the routes of the functions and hands each to the worker's own server, together with an invocation.</summary>
internal sealed class HttpFront(Worker worker) : IDisposable
{
    private static readonly string[] HopByHop = ["Connection", "Host", "Keep-Alive", "Transfer-Encoding", "Upgrade"];
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public void Map(IEndpointRouteBuilder app)
    {
        foreach (HostedFunction function in worker.Functions.Where(one => one.Kind == "httpTrigger"))
        {
            string route = "/" + ((string?)function.Trigger["route"] ?? function.Name);
            RequestDelegate handle = context => HandleAsync(function, context);
            string[] methods = [.. function.Trigger["methods"]?.AsArray().Select(method => ((string)method!).ToUpperInvariant()) ?? []];
            if (methods.Length == 0) app.Map(route, handle);
            else app.MapMethods(route, methods, handle);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task HandleAsync(HostedFunction function, HttpContext context)
    {
        string invocation = Guid.NewGuid().ToString();
        Uri target = new(worker.HttpAddress, context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());
        Dictionary<string, string> values = context.Request.RouteValues.ToDictionary(
            value => value.Key, value => Convert.ToString(value.Value, CultureInfo.InvariantCulture)!);
        Value input = new() { Http = new HttpCall { Method = context.Request.Method, Url = target.ToString() } };
        Task running = worker.InvokeAsync(invocation, function, input, values, context.RequestAborted);
        using HttpRequestMessage request = RequestOf(context.Request, target, invocation);
        try
        {
            Task<HttpResponseMessage> answering = _http.SendAsync(request, context.RequestAborted);
            // A function that could not even begin never takes the request.
            if (await Task.WhenAny(answering, running) == running) await running;
            using HttpResponseMessage response = await answering;
            context.Response.StatusCode = (int)response.StatusCode;
            foreach ((string name, IEnumerable<string> value) in response.Headers.Concat(response.Content.Headers))
            {
                if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase)) context.Response.Headers[name] = value.ToArray();
            }

            await context.Response.StartAsync(context.RequestAborted);
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
            await running;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or WorkerGoneException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync(e.Message, CancellationToken.None);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more; the invocation has been called off.
        }
    }

    private static HttpRequestMessage RequestOf(HttpRequest request, Uri target, string invocation)
    {
        HttpRequestMessage message = new(new HttpMethod(request.Method), target) { Version = new Version(1, 1) };
        if (request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0) message.Content = new StreamContent(request.Body);
        foreach ((string name, var value) in request.Headers)
        {
            if (HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (!message.Headers.TryAddWithoutValidation(name, value.ToArray())) message.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        message.Headers.TryAddWithoutValidation("x-ms-invocation-id", invocation);
        return message;
    }
}
