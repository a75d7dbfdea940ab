using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Niche.Bots.Accounts;
using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Configuration;
using Niche.Bots.Handlers;
using Niche.Bots.Handling;
using Niche.Bots.Moderation;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Bots.People;
using Niche.Bots.Pictures;
using Niche.Bots.Platforms;
using Niche.Bots.Talks;
using Niche.Bots.Texts;
using Niche.Bots.Updates;
using Niche.Subnet.Policy;

namespace Niche.Bots;

/// <summary>Wires the bots.</summary>
public static class BotServices
{
    /// <summary>
    /// Adds what a transport needs: the desk. Asks for storage (<c>AddNicheStorage</c>), a <see cref="SubnetPolicy"/> and a <see cref="TimeProvider"/>; platforms
    /// add themselves as <see cref="IChatPlatform"/>.
    /// </summary>
    public static IServiceCollection AddBotDesk(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddOptions<BotOptions>().BindConfiguration(BotOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BotOptions>, BotOptionsCheck>();
        return services
            .AddSingleton(_ => TextBook.Load())
            .AddSingleton(p => CommandCatalogue.Create(p.GetRequiredService<TextBook>(), p.GetRequiredService<SubnetPolicy>()))
            .AddSingleton<ButtonKeys>().AddSingleton<EventLog>().AddSingleton<PersonStore>().AddSingleton<QuotaStore>().AddSingleton<AccountStore>().AddSingleton<OrderStore>().AddSingleton<PlatformBook>()
            .AddSingleton<BotMetrics>().AddSingleton<InputForm>().AddSingleton<IBotDesk, BotDesk>().AddSingleton<BotSweep>().AddSingleton<BotUpkeep>();
    }

    /// <summary>
    /// Adds the desk and all that answers behind the queue. Asks besides for the ports (<c>Ports/</c>), which the validator implements, and for its
    /// <c>JobStore</c>.
    /// </summary>
    public static IServiceCollection AddBots(this IServiceCollection services) => services.AddBotDesk()
        .AddSingleton<ChannelStore>().AddSingleton<LinkStore>().AddSingleton<ApiKeyStore>().AddSingleton<OperatorKeys>().AddSingleton<Linking>().AddSingleton<AccountRules>().AddSingleton<SettingBook>()
        .AddSingleton<HouseStore>().AddSingleton<AuditLog>().AddSingleton<Announcements>()
        .AddSingleton<IModerator, WordModerator>().AddSingleton<ModerationBoard>().AddSingleton<PictureGate>()
        .AddSingleton<GridComposer>().AddSingleton<OrderViews>().AddSingleton<OrderRenderer>().AddSingleton<LateDelivery>().AddSingleton<WaitingLines>().AddSingleton<OrderBoard>().AddSingleton<OrderRules>().AddSingleton<OrderDesk>()
        .AddSingleton<TalkStore>()
        .AddSingleton<DraftReader>().AddSingleton<OrderFinder>().AddSingleton<GivenPictures>().AddSingleton<Relatives>().AddSingleton<OrderInfo>().AddSingleton<OrderList>().AddSingleton<Enlargements>()
        .AddSingleton<EditForm>().AddSingleton<LinkButtons>()
        .AddCommand<ImagineHandler>().AddCommand<ChatHandler>().AddCommand<VaryHandler>().AddCommand<UpscaleHandler>().AddCommand<DescribeHandler>()
        .AddCommand<ShowHandler>().AddCommand<HistoryHandler>().AddCommand<FavoritesHandler>().AddCommand<CancelHandler>().AddCommand<QueueHandler>()
        .AddCommand<ModelsHandler>().AddCommand<MinersHandler>().AddCommand<StatsHandler>().AddCommand<SettingsHandler>().AddCommand<LinkHandler>()
        .AddCommand<VerifyHandler>().AddCommand<HelpHandler>().AddCommand<AdminHandler>()
        .AddSingleton<ButtonHandler>().AddSingleton<Dispatcher>().AddSingleton<Doorkeeper>().AddSingleton<VisitFactory>()
        .AddSingleton<MissedOrders>().AddSingleton<UpdateHandler>().AddSingleton<ProgressHandler>();

    private static IServiceCollection AddCommand<T>(this IServiceCollection services)
        where T : class, ICommandHandler => services.AddSingleton<T>().AddSingleton<ICommandHandler>(p => p.GetRequiredService<T>());
}
