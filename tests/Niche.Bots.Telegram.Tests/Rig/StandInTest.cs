using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Description;
using Niche.TelegramStandIn.Flood;
using Telegram.Bot;

namespace Niche.Bots.Telegram.Tests.Rig;

/// <summary>A test with a server of its own; at its end no call and no answer may have broken the description.</summary>
public abstract class StandInTest : IAsyncLifetime
{
    protected static ApiDescription? Description { get; } = ApiDescription.Find();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected TelegramServer Server { get; private set; } = null!;

    protected TelegramBotClient Client { get; private set; } = null!;

    protected virtual StandInOptions Options => new(FloodLimits.None, TimeProvider.System, Description);

    /// <summary>Faults that a test makes on purpose are taken out by it.</summary>
    protected virtual bool MayFault => false;

    public virtual async ValueTask InitializeAsync()
    {
        Server = await TelegramServer.StartAsync(Options);
        Client = new TelegramBotClient(new TelegramBotClientOptions(Server.Token, Server.Url.ToString().TrimEnd('/')) { RetryCount = 0 });
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
        if (!MayFault) Assert.Empty(Server.Faults);
    }
}
