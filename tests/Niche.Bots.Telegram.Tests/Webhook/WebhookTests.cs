using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Incoming;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.Bots.Telegram.Webhook;
using Niche.TelegramStandIn.World;
using Telegram.Bot;

namespace Niche.Bots.Telegram.Tests.Webhook;

/// <summary>Updates that are posted: from Telegram, and from whoever found the address.</summary>
public sealed class WebhookTests : AdapterTest
{
    private const string Secret = "correct-Horse_1";
    private static readonly HttpClient Http = new();
    private WebhookHost _host = null!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Telegram:WebhookSecret"] = Secret };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ReceiveAllAsync();
        _host = await WebhookHost.StartAsync(() => Services.GetRequiredService<TelegramWebhook>(), Ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Updates_arrive_and_are_confirmed()
    {
        await Client.SetWebhook(_host.Url.ToString(), secretToken: Secret, cancellationToken: Ct);
        Alice.Says("/imagine a house");
        IReadOnlyList<BotEvent> events = await Desk.UntilAsync(2, Ct);
        Assert.Equal("imagine", Assert.IsType<CommandEvent>(events[1]).Name);
        Assert.Equal(0, Server.Feed.Waiting);
    }

    [Fact]
    public async Task An_update_comes_again_when_storage_was_away()
    {
        Desk.Failures = 2;
        await Client.SetWebhook(_host.Url.ToString(), secretToken: Secret, cancellationToken: Ct);
        Alice.Says("/imagine a house");
        await Desk.UntilAsync(2, Ct);
        Assert.Equal(3, Server.Webhook!.Posts);
        Assert.Contains("503", Server.Webhook.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("correct-Horse_")]
    [InlineData("correct-Horse_1 ")]
    [InlineData("correct-horse_1")]
    public async Task Without_the_secret_nothing_is_heard(string secret)
    {
        int before = Desk.Events.Count;
        HttpStatusCode status = await PostAsync(Good, secret);
        // A header value loses its outer blanks on the way: then it is the secret.
        Assert.Equal(secret.Trim() == Secret ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, status);
        Assert.Equal(before + (status == HttpStatusCode.OK ? 1 : 0), Desk.Events.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"update_id\":0}")]
    [InlineData("{\"update_id\":\"7\"}")]
    [InlineData("{\"update_id\":7,\"message\":{}}")]
    [InlineData("{\"update_id\":7,\"message\":5}")]
    [InlineData("{\"update_id\":7,\"something_new\":{}}")]
    public async Task What_cannot_be_read_is_dropped_for_good(string body)
    {
        int before = Desk.Events.Count;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(body, Secret));
        Assert.Equal(before, Desk.Events.Count);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _host.Url) { Content = new PushContent(5_000_000) };
        request.Headers.Add(TelegramWebhook.SecretHeader, Secret);
        using HttpResponseMessage answer = await Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(new string(' ', 1024 * 1024 + 1), Secret));
    }

    [Fact]
    public async Task Without_a_secret_of_our_own_there_is_no_webhook()
    {
        TelegramWebhook none = new(null!, Microsoft.Extensions.Options.Options.Create(new TelegramOptions()), Microsoft.Extensions.Logging.Abstractions.NullLogger<TelegramWebhook>.Instance);
        await using WebhookHost host = await WebhookHost.StartAsync(() => none, Ct);
        using HttpResponseMessage answer = await Http.PostAsJsonAsync(host.Url, new { }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_same_update_twice_has_the_same_id()
    {
        await PostAsync(Good, Secret);
        await PostAsync(Good, Secret);
        Assert.Equal(2, Desk.Times["u7"]);
    }

    private static string Good => """{"update_id":7,"message":{"message_id":1,"from":{"id":5,"is_bot":false,"first_name":"A"},"chat":{"id":5,"type":"private"},"date":1,"text":"hello"}}""";

    private async Task<HttpStatusCode> PostAsync(string body, string secret)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _host.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret.Length > 0) request.Headers.Add(TelegramWebhook.SecretHeader, secret);
        using HttpResponseMessage answer = await Http.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    /// <summary>Bytes without a length told in advance.</summary>
    private sealed class PushContent(int bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] blanks = Enumerable.Repeat((byte)' ', 4096).ToArray();
            for (int sent = 0; sent < bytes; sent += blanks.Length) await stream.WriteAsync(blanks, Ct);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
