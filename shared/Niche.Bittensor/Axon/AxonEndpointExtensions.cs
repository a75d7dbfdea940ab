using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Niche.Bittensor.Axon;

/// <summary>Puts an axon into an ASP.NET Core application.</summary>
public static class AxonEndpointExtensions
{
    /// <summary>Registers the axon; attach synapses and set the hotkey in <paramref name="configure"/>.</summary>
    public static IServiceCollection AddAxon(this IServiceCollection services, Action<AxonOptions> configure) =>
        services.AddAxon((_, options) => configure(options));

    /// <summary>As the other overload, for handlers that need services.</summary>
    public static IServiceCollection AddAxon(this IServiceCollection services, Action<IServiceProvider, AxonOptions> configure) =>
        services.AddSingleton(provider =>
        {
            var options = new AxonOptions();
            configure(provider, options);
            return new AxonServer(options, provider.GetRequiredService<ILogger<AxonServer>>());
        });

    /// <summary>
    /// Serves every attached synapse at <c>/{SynapseName}</c> for POST, and GET as the stock axon does. Routes that the application maps
    /// itself come first.
    /// </summary>
    public static IEndpointConventionBuilder MapAxon(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var server = endpoints.ServiceProvider.GetRequiredService<AxonServer>();
        return endpoints
            .MapMethods("/{synapse?}", ["POST", "GET"], (HttpContext http) =>
                server.HandleAsync(http, http.GetRouteValue("synapse") as string ?? ""))
            .WithOrder(int.MaxValue);
    }
}
