using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

    /// <summary>Finds and checks all functions and builds the host.</summary>
    /// <exception cref="InvalidOperationException">Built before.</exception>
    public IHost Build()
    {
        if (_built)
            throw new InvalidOperationException("The application has already been built.");
        _built = true;
        var app = _web.Build();
        foreach (var configure in Local.AppConfigurations)
            configure(app);
        return app;
    }
}
