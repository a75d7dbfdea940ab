using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bots.Discord.Commands;
using Niche.Bots.Discord.Gateway;
using Niche.Bots.Discord.Interactions;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord;

/// <summary>Wires the Discord bot.</summary>
public static class DiscordServices
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Adds the platform when the section <see cref="DiscordOptions.Section"/> has a token, and nothing otherwise.</summary>
    /// <returns>True when there is a Discord bot.</returns>
    public static bool AddDiscordBot(this IServiceCollection services, IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(DiscordOptions.Section);
        if (string.IsNullOrWhiteSpace(section[nameof(DiscordOptions.Token)])) return false;
        services.AddOptions<DiscordOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DiscordOptions>, DiscordOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        // Addresses hold tokens, and the usual loggers write addresses.
        services.AddHttpClient("discord", (p, http) =>
        {
            http.BaseAddress = Options(p).ApiBase;
            http.Timeout = CallTimeout;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (NicheFunctions, 0.1.0)");
        }).ConfigurePrimaryHttpMessageHandler(Plain).RemoveAllLoggers();
        services.AddHttpClient("discord-files", http => http.Timeout = CallTimeout).ConfigurePrimaryHttpMessageHandler(Plain).RemoveAllLoggers();
        services.AddSingleton(p => new RateLimits(p.GetRequiredService<TimeProvider>()))
            .AddSingleton(p => new InvalidRequests(p.GetRequiredService<TimeProvider>()))
            .AddSingleton(p => new DiscordRest(
                Client(p, "discord"), Options(p).Token, p.GetRequiredService<RateLimits>(), p.GetRequiredService<InvalidRequests>(),
                p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<DiscordRest>>()))
            .AddSingleton(p => new AttachmentFetcher(Client(p, "discord-files"), p.GetRequiredService<IOptions<DiscordOptions>>()))
            .AddSingleton<CommandRegistry>().AddSingleton<InteractionReception>().AddSingleton<IChatPlatform, DiscordPlatform>();
        return true;
    }

    /// <summary>Adds the HTTP address of interactions; needs <see cref="DiscordOptions.PublicKey"/>.</summary>
    public static IServiceCollection AddDiscordEndpoint(this IServiceCollection services) => services
        .AddSingleton(p => new InteractionVerifier(Options(p).PublicKey, p.GetRequiredService<TimeProvider>())).AddSingleton<InteractionEndpoint>();

    /// <summary>Adds the gateway; an application gets its interactions here or at its HTTP address, never at both.</summary>
    public static IServiceCollection AddDiscordGateway(this IServiceCollection services)
    {
        services.TryAddSingleton(GatewayPauses.Default);
        return services
            .AddSingleton(p => ActivatorUtilities.CreateInstance<GatewayIntake>(p, new Random())).AddHostedService(p => p.GetRequiredService<GatewayIntake>());
    }

    private static DiscordOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<DiscordOptions>>().Value;

    private static HttpClient Client(IServiceProvider services, string name) => services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    // Held for the life of the process: names are looked up again now and then.
    private static SocketsHttpHandler Plain() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
}
