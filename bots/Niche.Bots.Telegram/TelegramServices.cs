using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Incoming;
using Niche.Bots.Telegram.Outgoing;
using Niche.Bots.Telegram.Polling;
using Niche.Bots.Telegram.Registration;
using Niche.Bots.Telegram.Webhook;
using Telegram.Bot;

namespace Niche.Bots.Telegram;

/// <summary>Wires the adapter.</summary>
public static class TelegramServices
{
    /// <summary>
    /// Adds the Telegram bot when <c>Telegram:Token</c> is set, and nothing otherwise. Needs storage, an <see cref="IBotDesk"/> and the
    /// <see cref="Commands.CommandBook"/>. A <see cref="TelegramWebhook"/> is there for the function that receives updates.
    /// </summary>
    public static IServiceCollection AddTelegramBot(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[$"{TelegramOptions.Section}:{nameof(TelegramOptions.Token)}"])) return services;
        services.AddOptions<TelegramOptions>().Bind(configuration.GetSection(TelegramOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelegramOptions>, TelegramOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITelegramBotClient>(provider => Client(provider.GetRequiredService<IOptions<TelegramOptions>>().Value));
        services.AddSingleton<ChatPacer>();
        services.AddSingleton<ChatMoves>();
        services.AddSingleton<TelegramCalls>();
        services.AddSingleton<BotIdentity>();
        services.AddSingleton<PictureLoader>();
        services.AddSingleton<AlbumSender>();
        services.AddSingleton<MessageSender>();
        services.AddSingleton<MessageEditor>();
        services.AddSingleton<InlineEditor>();
        services.AddSingleton<FileFetcher>();
        services.AddSingleton<BotRegistration>();
        services.AddSingleton<IChatPlatform, TelegramPlatform>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<UpdateTranslator>();
        services.AddSingleton<Acknowledger>();
        services.AddSingleton<UpdateHandler>();
        services.AddSingleton<TelegramWebhook>();
        return services;
    }

    /// <summary>Adds long polling to a bot that <see cref="AddTelegramBot"/> added; does nothing when it added none.</summary>
    public static IServiceCollection AddTelegramPolling(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(UpdateHandler))) return services;
        services.AddSingleton<OffsetStore>();
        services.AddHostedService<UpdatePoller>();
        return services;
    }

    private static TelegramBotClient Client(TelegramOptions options)
    {
        // A long poll lasts 50 s; all other calls have deadlines of their own. The library's own waiting after a 429 is off: the core waits by queue.
        HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(90) };
        return new TelegramBotClient(new TelegramBotClientOptions(options.Token, options.ApiBase.AbsoluteUri.TrimEnd('/')) { RetryCount = 0 }, http);
    }
}
