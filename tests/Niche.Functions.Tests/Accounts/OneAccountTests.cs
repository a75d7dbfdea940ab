using System.ClientModel;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Functions.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Images;

namespace Niche.Functions.Tests.Accounts;

/// <summary>One account at all doors: a chat's and the API's, by key and by code.</summary>
public sealed class OneAccountTests(AccountSubnet subnet) : IClassFixture<AccountSubnet>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_ordered_with_a_key_is_in_the_history_of_the_chat_and_the_other_way_round()
    {
        (TerminalVisitor person, KeyedClient api) = await subnet.PersonAsync();
        JsonNode job = await api.PaintAsync("a red house");
        await person.SayAsync("/imagine a blue boat --steps 2 --count 1");
        JsonNode history = await person.SayAsync("/history");
        Assert.Contains("a red house", TerminalVisitor.TextOf(history), StringComparison.Ordinal);
        JsonNode shown = await person.PressAsync(history, "a red house");
        Assert.Contains("a red house", TerminalVisitor.TextOf(shown), StringComparison.Ordinal);
        Assert.Single(shown["view"]!["pictures"]!.AsArray());
        Assert.Equal(["terminal: a blue boat", "api: a red house"], await api.HistoryAsync());
        (_, JsonNode? entry) = await api.SendAsync(HttpMethod.Get, "/v1/history?limit=1&before=" + (string)(await EntriesAsync(api))[0]!["id"]!);
        Assert.Equal((string)job["id"]!, (string)entry!["data"]![0]!["id"]!);
        Assert.False((bool)entry["has_more"]!);
        // Its address works as it is, in a browser that knows no key.
        Assert.NotEmpty(await subnet.Http.GetByteArrayAsync(new Uri((string)entry["data"]![0]!["job"]!["results"]![0]!["url"]!, UriKind.Relative), Ct));
    }

    [Fact]
    public async Task The_OpenAI_client_paints_and_writes_for_the_account()
    {
        (TerminalVisitor person, KeyedClient api) = await subnet.PersonAsync();
        OpenAIClient client = new(new ApiKeyCredential(api.Key), new OpenAIClientOptions { Endpoint = new Uri(subnet.Subnet.Url, "/v1") });
        ClientResult<GeneratedImageCollection> images = await client.GetImageClient("niche-scenes").GenerateImagesAsync(
            Talk.Prompt, 1, new ImageGenerationOptions { ResponseFormat = GeneratedImageFormat.Uri }, Ct);
        Assert.NotEmpty(await subnet.Http.GetByteArrayAsync(images.Value[0].ImageUri, Ct));
        await client.GetChatClient("niche-prompt-lm").CompleteChatAsync([new UserChatMessage("a red")], new ChatCompletionOptions { MaxOutputTokenCount = 4 }, Ct);
        Assert.Contains(Talk.Prompt, TerminalVisitor.TextOf(await person.SayAsync("/history")), StringComparison.Ordinal);
        (_, JsonNode? account) = await api.SendAsync(HttpMethod.Get, "/v1/account");
        Assert.Equal((1, 1), ((int)account!["pictures"]!["used"]!, (int)account["texts"]!["used"]!));
        ClientResultException refusal = await Assert.ThrowsAsync<ClientResultException>(() =>
            new OpenAIClient(new ApiKeyCredential(api.Key[..^1] + "g"), new OpenAIClientOptions { Endpoint = new Uri(subnet.Subnet.Url, "/v1") })
                .GetImageClient("niche-scenes").GenerateImageAsync(Talk.Prompt, new ImageGenerationOptions(), Ct));
        Assert.Equal(401, refusal.Status);
    }

    [Fact]
    public async Task A_code_of_the_API_joins_a_chat_and_a_code_of_a_chat_joins_the_API()
    {
        KeyedClient api = await OperatorKeyAsync("a program");
        TerminalVisitor first = new(subnet.Http), second = new(subnet.Http);
        await api.PaintAsync("a green castle");
        (_, JsonNode? offer) = await api.SendAsync(HttpMethod.Post, "/v1/link", "{}");
        Assert.Contains("Done", TerminalVisitor.TextOf(await first.SayAsync((string)offer!["say"]!)), StringComparison.Ordinal);
        (HttpResponseMessage joined, JsonNode? account) = await api.SendAsync(HttpMethod.Post, "/v1/link", $$"""{"code":"{{await second.CodeAsync()}}"}""");
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        Assert.Equal(["api", "terminal", "terminal"], account!["account"]!["doors"]!.AsArray().Select(door => (string)door!));
        foreach (TerminalVisitor person in (TerminalVisitor[])[first, second])
            Assert.Contains("a green castle", TerminalVisitor.TextOf(await person.SayAsync("/history")), StringComparison.Ordinal);

        (HttpResponseMessage parted, _) = await api.SendAsync(HttpMethod.Delete, "/v1/link");
        Assert.Equal(HttpStatusCode.OK, parted.StatusCode);
        Assert.DoesNotContain("a green castle", TerminalVisitor.TextOf(await first.SayAsync("/history")), StringComparison.Ordinal);
        Assert.Equal(["api: a green castle"], await api.HistoryAsync());
        (HttpResponseMessage alone, JsonNode? problem) = await api.SendAsync(HttpMethod.Delete, "/v1/link");
        Talk.AssertProblem(alone, problem, 409, "link_conflict");
    }

    [Fact]
    public async Task A_code_without_a_key_is_exchanged_for_one_once()
    {
        TerminalVisitor person = new(subnet.Http);
        await person.SayAsync("/imagine a yellow tent --steps 2 --count 1");
        string body = $$"""{"code":"{{await person.CodeAsync()}}","name":"studio"}""";
        (_, JsonNode? answer) = await subnet.Http.PostAsync("/v1/link", body);
        KeyedClient api = new(subnet.Http, (string)answer!["key"]!);
        Assert.Equal(["terminal: a yellow tent"], await api.HistoryAsync());
        Assert.Equal("studio", (string)answer["account"]!["keys"]![0]!["name"]!);
        (HttpResponseMessage again, JsonNode? problem) = await subnet.Http.PostAsync("/v1/link", body);
        Talk.AssertProblem(again, problem, 400, "invalid_link_code");
    }

    [Fact]
    public async Task A_key_stands_in_no_table_and_no_log()
    {
        (TerminalVisitor person, KeyedClient api) = await subnet.PersonAsync();
        await api.PaintAsync("a pink house");
        await person.SayAsync("/history");
        string secret = api.Key[^64..];
        ITableStore tables = subnet.Subnet.Services.GetRequiredService<ITableStore>();
        foreach (string table in typeof(BotNames).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Where(name => !name.Contains('-')))
        {
            await foreach (TableRow row in tables.QueryAllAsync(table, Ct)) Assert.False((row.Json + row.Partition).Contains(secret, StringComparison.Ordinal), table);
        }

        Assert.DoesNotContain(subnet.Subnet.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_key_is_void_everywhere_at_once()
    {
        (TerminalVisitor person, KeyedClient api) = await subnet.PersonAsync();
        KeyedClient other = new(subnet.Http, await person.KeyAsync());
        (HttpResponseMessage response, JsonNode? revoked) = await other.SendAsync(HttpMethod.Delete, "/v1/keys/" + api.Key.Split('_')[1]);
        Assert.Equal((200, false), ((int)response.StatusCode, (bool)revoked!["is_this"]!));
        foreach ((HttpMethod method, string path) in ((HttpMethod, string)[])[(HttpMethod.Get, "/v1/account"), (HttpMethod.Get, "/v1/history"), (HttpMethod.Get, "/v1/jobs/x"), (HttpMethod.Delete, "/v1/link")])
        {
            (HttpResponseMessage refused, JsonNode? problem) = await api.SendAsync(method, path);
            Talk.AssertProblem(refused, problem, 401, "unauthorized");
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        (HttpResponseMessage order, JsonNode? reason) = await api.OrderAsync("a house");
        Talk.AssertProblem(order, reason, 401, "unauthorized");
    }

    [Fact]
    public async Task The_same_idempotency_key_of_two_accounts_is_two()
    {
        (_, KeyedClient ann) = await subnet.PersonAsync();
        (_, KeyedClient bob) = await subnet.PersonAsync();
        (_, JsonNode? first) = await ann.OrderAsync("a house", 1, ("Idempotency-Key", "mine"));
        (_, JsonNode? again) = await ann.OrderAsync("a house", 1, ("Idempotency-Key", "mine"));
        (HttpResponseMessage response, JsonNode? other) = await bob.OrderAsync("a boat", 1, ("Idempotency-Key", "mine"));
        Assert.Equal((string)first!["id"]!, (string)again!["id"]!);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.NotEqual((string)first["id"]!, (string)other!["id"]!);
        Assert.Single(await ann.HistoryAsync());
    }

    private async Task<KeyedClient> OperatorKeyAsync(string name)
    {
        string text = TerminalVisitor.TextOf(await subnet.AdminAsync($"--action key --target {name.Split(' ')[^1]}"));
        return new KeyedClient(subnet.Http, text.Split('\n').Single(line => line.StartsWith("niche_", StringComparison.Ordinal)));
    }

    private static async Task<JsonArray> EntriesAsync(KeyedClient api) => (await api.SendAsync(HttpMethod.Get, "/v1/history")).Body!["data"]!.AsArray();
}
