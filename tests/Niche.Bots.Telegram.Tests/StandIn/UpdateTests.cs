using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.Updates;
using Niche.TelegramStandIn.World;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Tests.StandIn;

/// <summary>How updates come: by long polling with an offset, or by webhook.</summary>
public sealed class UpdateTests : StandInTest
{
    [Fact]
    public async Task An_update_comes_again_until_its_offset_is_passed()
    {
        StandInPerson alice = Server.World.Person("Alice");
        alice.Says("one");
        alice.Says("two");
        Update[] first = await Client.GetUpdates(cancellationToken: Ct), again = await Client.GetUpdates(cancellationToken: Ct);
        Assert.Equal(["one", "two"], first.Select(update => update.Message!.Text));
        Assert.Equal(first.Select(update => update.Id), again.Select(update => update.Id));
        Assert.Equal("two", Assert.Single(await Client.GetUpdates(first[0].Id + 1, cancellationToken: Ct)).Message!.Text);
        Assert.Empty(await Client.GetUpdates(first[1].Id + 1, cancellationToken: Ct));
        Assert.Equal(0, Server.Feed.Waiting);
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_first_update()
    {
        Task<Update[]> poll = Client.GetUpdates(timeout: 50, cancellationToken: Ct);
        Assert.False(poll.IsCompleted);
        Server.World.Person("Alice").Says("one");
        Assert.Single(await poll);
    }

    [Fact]
    public async Task Two_pollers_are_a_conflict()
    {
        Task<Update[]> first = Client.GetUpdates(timeout: 50, cancellationToken: Ct);
        // Which of two reaches the server first is open: the others are repeated until one came after the first.
        while (!first.IsCompleted) await Record.ExceptionAsync(() => Client.GetUpdates(timeout: 0, cancellationToken: Ct));
        Assert.Equal(409, (await Assert.ThrowsAsync<ApiRequestException>(() => first)).ErrorCode);
    }

    [Fact]
    public async Task Kinds_that_were_not_asked_for_do_not_come()
    {
        StandInPerson alice = Server.World.Person("Alice");
        alice.Says("one");
        alice.Asks("two");
        Assert.NotNull(Assert.Single(await Client.GetUpdates(allowedUpdates: [UpdateType.InlineQuery], cancellationToken: Ct)).InlineQuery);
    }

    [Fact]
    public async Task The_webhook_gets_every_update_with_the_secret_and_again_when_it_failed()
    {
        ConcurrentQueue<string> secrets = new();
        int failures = 1;
        await using WebApplication bot = await BotAsync(context =>
        {
            secrets.Enqueue(context.Request.Headers[WebhookSender.SecretHeader].ToString());
            if (Interlocked.Decrement(ref failures) >= 0) context.Response.StatusCode = 500;
        });
        await Client.SetWebhook(bot.Urls.First(), secretToken: "s3cret_-", maxConnections: 2, cancellationToken: Ct);
        await Assert.ThrowsAsync<ApiRequestException>(() => Client.GetUpdates(cancellationToken: Ct));
        Server.World.Person("Alice").Says("one");
        while (secrets.Count < 2) await Task.Delay(20, Ct);
        Assert.All(secrets, secret => Assert.Equal("s3cret_-", secret));
        WebhookInfo info = await Client.GetWebhookInfo(Ct);
        Assert.Contains("500", info.LastErrorMessage, StringComparison.Ordinal);
        await Client.DeleteWebhook(cancellationToken: Ct);
        Assert.Empty(await Client.GetUpdates(cancellationToken: Ct));
    }

    [Fact]
    public async Task Queries_are_answered_once()
    {
        StandInPerson alice = Server.World.Person("Alice");
        StandInQuery press = alice.PressesData(alice.Says("x"), "data"), inline = alice.Asks("a house");
        await Client.AnswerCallbackQuery(press.Id, "Working", cancellationToken: Ct);
        Assert.Equal("Working", (await press.Answer).Text("text"));
        await Assert.ThrowsAsync<ApiRequestException>(() => Client.AnswerCallbackQuery(press.Id, cancellationToken: Ct));
        await Client.AnswerInlineQuery(inline.Id, [], cancellationToken: Ct);
        await Assert.ThrowsAsync<ApiRequestException>(() => Client.AnswerInlineQuery("5", [], cancellationToken: Ct));
    }

    private static async Task<WebApplication> BotAsync(Action<HttpContext> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPost("/", answer);
        await app.StartAsync(Ct);
        return app;
    }
}
