using Microsoft.AspNetCore.Server.Kestrel.Core;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Requests;
using Niche.GpuEndpoint.Routes;

namespace Niche.GpuEndpoint;

/// <summary>Builds the endpoint, for its own process and for processes that host one beside other things.</summary>
public static class EndpointHost
{
    /// <summary>Verifies the model folders and wires the server; graphs load once it starts.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="services">Last word on the services, for instance to decorate <see cref="IImageEngine"/>.</param>
    /// <exception cref="Niche.Inference.Models.ModelFolderException">A model folder is damaged; the error names the file.</exception>
    public static WebApplication Build(EndpointOptions options, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.Limit;
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        AddServices(builder.Services, options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, EndpointOptions options)
    {
        // Opened here and now: a damaged model must fail the build, not the first request.
        var store = new ModelStore(options, TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => store);
        services.AddSingleton<WorkLanes>();
        services.AddSingleton<IImageEngine, OnnxImageEngine>();
        services.AddSingleton<ITextEngine, OnnxTextEngine>();
        services.AddSingleton<GenerateRoute>();
        services.AddSingleton<FeaturesRoute>();
        services.AddSingleton<ModelsRoute>();
        services.AddHostedService<ModelLoading>();
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        var routes = app.Services;
        var (generate, features, models, store) = (routes.GetRequiredService<GenerateRoute>(), routes.GetRequiredService<FeaturesRoute>(),
            routes.GetRequiredService<ModelsRoute>(), routes.GetRequiredService<ModelStore>());
        app.MapPost("/generate", (RequestDelegate)generate.HandleAsync);
        app.MapPost("/features", (RequestDelegate)features.HandleAsync);
        app.MapGet("/info", (RequestDelegate)(c => c.Response.WriteAsJsonAsync(models.Info(), EndpointJson.Default.InfoAnswer)));
        app.MapGet("/models", (RequestDelegate)(c => c.Response.WriteAsJsonAsync(models.List(), EndpointJson.Default.ModelsAnswer)));
        app.MapGet("/health/live", (RequestDelegate)(c => c.Response.WriteAsJsonAsync(new HealthAnswer("live"), EndpointJson.Default.HealthAnswer)));
        app.MapGet("/health/ready", (RequestDelegate)(c =>
        {
            c.Response.StatusCode = store.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return c.Response.WriteAsJsonAsync(new HealthAnswer(store.Ready ? "ready" : "loading"), EndpointJson.Default.HealthAnswer);
        }));
        app.MapFallback((RequestDelegate)(c => ProblemMiddleware.Write(
            c, new Problem("about:blank", "No such route", 404, "See /models, /generate, /features, /info and /health.", "route_unknown"))));
    }
}
