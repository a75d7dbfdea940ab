using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Niche.GpuEndpoint.Access;
using Niche.GpuEndpoint.Chats;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Engines.Upstream;
using Niche.GpuEndpoint.ImageUrls;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Predictions;
using Niche.GpuEndpoint.Providers;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Requests;
using Niche.GpuEndpoint.Routes;
using Niche.GpuEndpoint.Safety;
using Niche.GpuEndpoint.Telemetry;
using Niche.Inference.Models;
using Niche.Inference.Providers;
using Niche.Inference.Safety;
using OpenTelemetry.Metrics;

namespace Niche.GpuEndpoint;

/// <summary>Builds the endpoint, for its own process and for processes that host one beside other things.</summary>
public static class EndpointHost
{
    /// <summary>Verifies the model folders and wires the server; graphs load once it starts.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="services">Last word on the services, for instance to decorate <see cref="IImageEngine"/>.</param>
    /// <exception cref="ModelFolderException">A model folder is damaged; the error names the file.</exception>
    /// <exception cref="ProviderException">The execution provider that was asked for can not be had.</exception>
    public static WebApplication Build(EndpointOptions options, Action<IServiceCollection>? services = null)
    {
        // Settings of the folder it happens to be started in must not reach it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.Limit;
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        AddServices(builder.Services, options);
        // The exporter reads the rest of the standard's variables by itself.
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(EndpointMeters.Name).AddOtlpExporter());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, EndpointOptions options)
    {
        // Opened here and now: a damaged model must fail the build, not the first request.
        var provider = ProviderChooser.OfThisMachine().Choose(options.Provider);
        options = options with { Provider = provider.Settings };
        var store = new ModelStore(options, TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => store);
        services.AddSingleton<WorkLanes>();
        services.AddSingleton<IImageEngine, OnnxImageEngine>();
        services.AddSingleton<OnnxTextEngine>();
        services.AddSingleton(_ => new UpstreamClient(UpstreamClient.Connection(), Environment.GetEnvironmentVariable, TimeProvider.System));
        services.AddSingleton<UpstreamStates>();
        services.AddSingleton<PassThroughTextEngine>();
        services.AddSingleton<ITextEngine, TextEngines>();
        services.AddSingleton<EndpointMeters>();
        services.AddSingleton<PrometheusText>();
        if (options.Safety is { } safety)
        {
            var settings = new SessionSettings(options.Threads) { Provider = options.Provider };
            var check = new OnnxPictureCheck(SafetyClassifier.Load(ModelFolder.Open(safety.Model), settings, TimeProvider.System), safety.Threshold);
            services.AddSingleton<IPictureCheck>(_ => check);
        }
        services.AddSingleton<PictureGate>();
        services.AddSingleton(options.ImageUrls);
        services.AddSingleton<PictureFetcher>();
        services.AddSingleton<PictureUrls>();
        services.AddSingleton<ImageDesk>();
        services.AddSingleton<TextDesk>();
        services.AddSingleton<PredictionStore>();
        services.AddSingleton<PredictionDesk>();
        services.AddSingleton<PredictionsRoute>();
        services.AddSingleton<OpenAiImagesRoute>();
        services.AddSingleton<ChatPrompts>();
        services.AddSingleton<OpenAiTextsRoute>();
        services.AddSingleton<GenerateRoute>();
        services.AddSingleton<CheckRoute>();
        services.AddSingleton<FeaturesRoute>();
        services.AddSingleton<ModelsRoute>();
        services.AddSingleton<ModelChanges>();
        services.AddSingleton<OperatorGate>();
        services.AddSingleton<ModelChangesRoute>();
        services.AddHostedService<ProviderReport>();
        services.AddHostedService<ModelLoading>();
        services.AddHostedService<ModelWatch>();
        services.AddHostedService<UpstreamWatch>();
        services.AddHostedService<Draining>();
        // Room beyond the drain for the services themselves to stop.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain + TimeSpan.FromSeconds(5));
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<ApiKeyGate>();
        var routes = app.Services;
        var (generate, features, models, store) = (routes.GetRequiredService<GenerateRoute>(), routes.GetRequiredService<FeaturesRoute>(),
            routes.GetRequiredService<ModelsRoute>(), routes.GetRequiredService<ModelStore>());
        var lanes = routes.GetRequiredService<WorkLanes>();
        app.MapPost("/generate", (RequestDelegate)generate.HandleAsync);
        app.MapPost("/check", (RequestDelegate)routes.GetRequiredService<CheckRoute>().HandleAsync);
        app.MapPost("/features", (RequestDelegate)features.HandleAsync);
        var predictions = routes.GetRequiredService<PredictionsRoute>();
        app.MapPost("/predictions", (RequestDelegate)predictions.PostAsync);
        app.MapPut("/predictions/{id}", (RequestDelegate)predictions.PutAsync);
        app.MapGet("/predictions/{id}", (RequestDelegate)predictions.GetAsync);
        app.MapPost("/predictions/{id}/cancel", (RequestDelegate)predictions.CancelAsync);
        app.MapPost("/v1/images/generations", (RequestDelegate)routes.GetRequiredService<OpenAiImagesRoute>().HandleAsync);
        var openAi = routes.GetRequiredService<OpenAiTextsRoute>();
        app.MapPost("/v1/completions", (RequestDelegate)openAi.CompleteAsync);
        app.MapPost("/v1/chat/completions", (RequestDelegate)openAi.ChatAsync);
        Get("/v1/models", () => (200, models.OpenAi()), EndpointJson.Default.OpenAiModels);
        Get("/capabilities", () => (200, models.Capabilities()), EndpointJson.Default.CapabilitiesAnswer);
        app.MapGet("/health/model/{name}", (RequestDelegate)(context =>
        {
            var (status, body) = models.Health((string)context.Request.RouteValues["name"]!);
            context.Response.StatusCode = status;
            return context.Response.WriteAsJsonAsync(body, EndpointJson.Default.HealthAnswer);
        }));
        var metrics = routes.GetRequiredService<PrometheusText>();
        app.MapGet("/metrics", (RequestDelegate)(context =>
        {
            context.Response.ContentType = PrometheusText.MediaType;
            return context.Response.WriteAsync(metrics.Write());
        }));
        Get("/info", () => (200, models.Info()), EndpointJson.Default.InfoAnswer);
        var changes = routes.GetRequiredService<ModelChangesRoute>();
        app.MapPost("/models", (RequestDelegate)changes.AddAsync);
        app.MapDelete("/models/{name}", (RequestDelegate)changes.RemoveAsync);
        Get("/models", () => (200, models.List()), EndpointJson.Default.ModelsAnswer);
        Get("/health/live", () => (200, new HealthAnswer("live")), EndpointJson.Default.HealthAnswer);
        Get("/health/ready", () => lanes.Draining ? (503, new HealthAnswer("stopping")) : store.Ready ? (200, new HealthAnswer("ready")) : (503, new HealthAnswer("loading")),
            EndpointJson.Default.HealthAnswer);
        app.MapFallback((RequestDelegate)(c => ProblemMiddleware.Write(c, new Problem(
            "about:blank", "No such route", 404, "See /models, /generate, /features, /info and /health.", "route_unknown"))));

        void Get<T>(string path, Func<(int Status, T Body)> answer, JsonTypeInfo<T> json) => app.MapGet(path, (RequestDelegate)(context =>
        {
            var (status, body) = answer();
            context.Response.StatusCode = status;
            return context.Response.WriteAsJsonAsync(body, json);
        }));
    }
}
