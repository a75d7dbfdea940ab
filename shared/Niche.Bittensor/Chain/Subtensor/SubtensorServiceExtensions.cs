using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Chain.Subtensor;

/// <summary>Adds a chain client to a host.</summary>
public static class SubtensorServiceExtensions
{
    /// <summary>One <see cref="SubtensorClient"/>, which is also the host's <see cref="ISubtensor"/>.</summary>
    public static IServiceCollection AddSubtensor(this IServiceCollection services, Action<SubtensorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddHttpClient(nameof(SubtensorClient), http => http.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(HttpRpcConnection.CreateHandler);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var options = new SubtensorOptions();
            configure(options);
            var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SubtensorClient));
            return SubtensorClient.Connect(options, http, provider.GetRequiredService<TimeProvider>(), new Random());
        });
        services.AddSingleton<ISubtensor>(provider => provider.GetRequiredService<SubtensorClient>());
        return services;
    }
}
