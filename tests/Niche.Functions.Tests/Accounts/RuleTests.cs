using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Accounts;

/// <summary>Quotas, bans, wrong codes: the same rules whichever door an account comes by.</summary>
public sealed class RuleTests(AccountSubnet subnet) : IClassFixture<AccountSubnet>
{
    [Fact]
    public async Task Pictures_of_an_hour_are_counted_over_chat_and_API_together()
    {
        (TerminalVisitor person, KeyedClient api) = await subnet.PersonAsync();
        await subnet.AdminAsync($"--action quota --target terminal:{person.Session} 2");
        await person.SayAsync("/imagine a house --steps 2 --count 1");
        Assert.Equal(HttpStatusCode.Accepted, (await api.OrderAsync("a house")).Response.StatusCode);
        (HttpResponseMessage response, JsonNode? problem) = await api.OrderAsync("a house");
        Talk.AssertProblem(response, problem, 429, "quota_exceeded");
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3600);
        (HttpResponseMessage images, _) = await api.SendAsync(HttpMethod.Post, "/v1/images/generations", """{"prompt":"a house"}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, images.StatusCode);
        Assert.Contains("used up 2", TerminalVisitor.TextOf(await person.SayAsync("/imagine a house --count 1")), StringComparison.Ordinal);
        // Another key is no other account.
        KeyedClient second = new(subnet.Http, await person.KeyAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await second.OrderAsync("a house")).Response.StatusCode);
    }

    [Fact]
    public async Task Who_is_banned_in_a_chat_is_banned_with_every_key()
    {
        (TerminalVisitor person, KeyedClient api) = await subnet.PersonAsync();
        string code = await person.CodeAsync();
        await subnet.AdminAsync($"--action ban --target terminal:{person.Session}");
        await Eventually.TrueAsync(async () => (await api.OrderAsync("a house")).Response.StatusCode == HttpStatusCode.Forbidden);
        (HttpResponseMessage response, JsonNode? problem) = await api.SendAsync(HttpMethod.Post, "/v1/chat/completions", """{"messages":[{"role":"user","content":"a red"}]}""");
        Talk.AssertProblem(response, problem, 403, "account_banned");
        (HttpResponseMessage link, _) = await api.SendAsync(HttpMethod.Post, "/v1/link", "{}");
        (HttpResponseMessage unlink, _) = await api.SendAsync(HttpMethod.Delete, "/v1/link");
        (HttpResponseMessage exchange, _) = await subnet.Http.PostAsync("/v1/link", $$"""{"code":"{{code}}"}""");
        Assert.All([link, unlink, exchange], one => Assert.Equal(HttpStatusCode.Forbidden, one.StatusCode));
        await subnet.AdminAsync($"--action unban --target terminal:{person.Session}");
        await Eventually.TrueAsync(async () => (await api.OrderAsync("a house")).Response.StatusCode == HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Words_that_are_not_painted_in_chats_are_not_painted_for_accounts()
    {
        (_, KeyedClient api) = await subnet.PersonAsync();
        (HttpResponseMessage response, JsonNode? problem) = await api.OrderAsync("much gore");
        Talk.AssertProblem(response, problem, 400, "invalid_prompt");
        Assert.Empty(await api.HistoryAsync());
    }

    [Theory]
    [InlineData("""{"code":""}""", 400, "invalid_link_code")]
    [InlineData("""{"code":"AAAAA-BBBBB"}""", 400, "invalid_link_code")]
    [InlineData("""{"code":7}""", 400, "invalid_parameter")]
    [InlineData("""{"code":"AAAAA","name":"0123456789012345678901234567890123456789012345678901234567890"}""", 400, "invalid_parameter")]
    [InlineData("{}", 401, "unauthorized")]
    [InlineData("[]", 400, "malformed_json")]
    public async Task Wrong_wishes_to_link_are_refused(string body, int status, string code)
    {
        (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.PostAsync("/v1/link", body);
        Talk.AssertProblem(response, problem, status, code);
    }

    [Fact]
    public async Task Codes_cannot_be_found_by_trying()
    {
        (_, KeyedClient api) = await subnet.PersonAsync();
        (TerminalVisitor victim, _) = await subnet.PersonAsync();
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await api.SendAsync(HttpMethod.Post, "/v1/link", $$"""{"code":"AAAA{{i}}-BBBBB"}""")).Response.StatusCode);
        (HttpResponseMessage response, JsonNode? problem) = await api.SendAsync(HttpMethod.Post, "/v1/link", $$"""{"code":"{{await victim.CodeAsync()}}"}""");
        Talk.AssertProblem(response, problem, 429, "quota_exceeded");
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?limit=x")]
    public async Task A_page_of_the_history_has_bounds(string query)
    {
        (_, KeyedClient api) = await subnet.PersonAsync();
        (HttpResponseMessage response, JsonNode? problem) = await api.SendAsync(HttpMethod.Get, "/v1/history" + query);
        Talk.AssertProblem(response, problem, 400, "invalid_parameter");
    }
}
