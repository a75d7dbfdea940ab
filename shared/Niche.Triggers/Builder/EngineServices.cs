using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Niche.Triggers.Binding;
using Niche.Triggers.Execution;
using Niche.Triggers.Hosting;
using Niche.Triggers.Http;
using Niche.Triggers.Queues;
using Niche.Triggers.Timers;

namespace Niche.Triggers.Builder;

/// <summary>Registers the engine; what the application registered first stays.</summary>
internal static class EngineServices
{
    public static void Add(IServiceCollection services, FunctionCatalog catalog, HostSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IQueueTransport, InMemoryQueueTransport>();
        services.TryAddSingleton<ITimerStatusStore, InMemoryTimerStatusStore>();
        services.AddSingleton(catalog);
        services.AddSingleton(settings);
        services.AddSingleton<QueueConnections>();
        services.AddSingleton<OutputWriter>();
        services.AddSingleton<TriggerTelemetry>();
        services.AddSingleton<FunctionExecutor>();
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton(s => new FunctionKeys(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton(new TriggerStatistics(catalog));
        services.AddHostedService<TriggerHost>();
    }

    /// <summary>Constructor parameters that no service can fill, function by function.</summary>
    public static void Check(FunctionCatalog catalog, IServiceProvider services, List<string> problems)
    {
        var known = services.GetRequiredService<IServiceProviderIsService>();
        foreach (var function in catalog.Functions)
        {
            // With several constructors the container chooses; only a single one can be judged beforehand.
            if (function.Factory is null || function.Class.GetConstructors() is not [var constructor])
                continue;
            foreach (var parameter in constructor.GetParameters())
            {
                if (!parameter.HasDefaultValue && !parameter.IsDefined(typeof(FromKeyedServicesAttribute), false)
                    && !known.IsService(parameter.ParameterType))
                    problems.Add($"Function '{function.Name}': the constructor of {function.Class.Name} needs {parameter.ParameterType.Name}, which is not registered.");
            }
        }
    }
}
