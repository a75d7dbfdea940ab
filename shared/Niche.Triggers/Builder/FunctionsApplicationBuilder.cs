using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Triggers.Binding;
using Niche.Triggers.Hosting;
using Niche.Triggers.Http;

namespace Niche.Triggers.Builder;

/// <summary>Builds a functions application on a web host of this process.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    /// <summary>Where the application listens unless told otherwise: this machine only, the port of <c>func start</c>.</summary>
    public const string DefaultUrl = "http://127.0.0.1:7071";

    private readonly WebApplicationBuilder _web;
    private bool _built;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        // The content root is the program's folder: `dotnet run --project` starts in whatever folder the caller stands in.
        _web = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT"),
        });
        if (string.IsNullOrWhiteSpace(_web.Configuration[WebHostDefaults.ServerUrlsKey]))
            _web.WebHost.UseUrls(DefaultUrl);
    }

    /// <summary>What only this engine offers: extra middleware, which classes hold functions.</summary>
    public LocalHead Local { get; } = new();

    /// <inheritdoc/>
    public IServiceCollection Services => _web.Services;

    /// <summary>Settings: appsettings.json, environment, command line.</summary>
    public ConfigurationManager Configuration => _web.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _web.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => _web.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => _web.Metrics;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)_web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => _web.Configuration;

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>Reads host.json, finds and checks all functions, and builds the host.</summary>
    /// <exception cref="FunctionConfigurationException">Something is wrong; every problem is listed.</exception>
    /// <exception cref="InvalidOperationException">Built before.</exception>
    public IHost Build()
    {
        if (_built)
            throw new InvalidOperationException("The application has already been built.");
        _built = true;
        var (problems, warnings) = (new List<string>(), new List<string>());
        var settings = ReadHostJson(problems, warnings);
        var catalog = FindFunctions(problems);
        EngineServices.Add(Services, catalog, settings);
        if (Local.HttpEnabled)
            Services.AddMvcCore();
        var app = _web.Build();
        EngineServices.Check(catalog, app.Services, problems);
        if (problems.Count > 0)
        {
            ((IDisposable)app).Dispose();
            throw new FunctionConfigurationException(problems);
        }

        foreach (var warning in warnings)
            app.Logger.LogWarning("{Warning}", warning);
        foreach (var configure in Local.AppConfigurations)
            configure(app);
        app.Services.GetRequiredService<HttpFunctions>().Map(app);
        return app;
    }

    private HostSettings ReadHostJson(List<string> problems, List<string> warnings)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "host.json");
        var path = Local.HostJsonPath ?? (File.Exists(beside) ? beside : Path.Combine(Environment.ContentRootPath, "host.json"));
        if (Local.HostJsonPath is not null && !File.Exists(path))
            problems.Add($"host.json: {path} does not exist.");
        var text = HostJson.Load(path, problems);
        var settings = HostJson.Read(text, Configuration, Environment.IsDevelopment(), problems, warnings);
        if (problems.Count == 0)
            ((IConfigurationBuilder)Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = HostJson.LogLevels(text).ToList() });
        return settings;
    }

    private FunctionCatalog FindFunctions(List<string> problems)
    {
        var zone = TimeZoneInfo.Utc;
        if (Configuration["WEBSITE_TIME_ZONE"] is { Length: > 0 } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!))
        {
            problems.Add($"WEBSITE_TIME_ZONE '{name}' is not known to this machine; use a name such as Europe/Berlin.");
            zone = TimeZoneInfo.Utc;
        }

        var types = Local.FunctionTypes.Count > 0 ? Local.FunctionTypes : Assembly.GetEntryAssembly()?.GetTypes() ?? [];
        var catalog = new FunctionDiscovery(new SettingNames(Configuration), zone, problems).Find(types);
        if (!Local.HttpEnabled)
        {
            problems.AddRange(catalog.Functions.Where(f => f.Trigger is HttpTrigger)
                .Select(f => $"Function '{f.Name}': HTTP triggers need builder.ConfigureFunctionsWebApplication()."));
        }

        return catalog;
    }
}
