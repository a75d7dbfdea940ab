using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Niche.Bots.Discord.Tests.Rig;
using Niche.DiscordStandIn.Description;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.StandIn;

/// <summary>The stand-in refuses what Discord refuses: else tests that pass against it would mean nothing.</summary>
public sealed class DescriptionTests : DiscordTest
{
    protected override bool MayFault => true;

    public override ValueTask InitializeAsync()
    {
        Assert.SkipWhen(ApiDescription.Find() is null, "Discord's description (../shared/specs/discord-openapi.json) is not on this machine.");
        return base.InitializeAsync();
    }

    [Theory]
    [InlineData("""{"content":"hi"}""", null)]
    [InlineData("""{"flags":32768,"components":[{"type":10,"content":"hi"}]}""", null)]
    [InlineData("""{"content":"hi","colour":1}""", "colour")]
    [InlineData("""{"content":5}""", "content")]
    [InlineData("""{}""", "content")]
    [InlineData("""{"flags":32768,"content":"hi","components":[{"type":10,"content":"hi"}]}""", "content")]
    [InlineData("""{"components":[{"type":10,"content":"hi"}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":10,"content":""}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":10,"content":"hi","bold":true}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":99}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":1,"components":[]}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":1,"components":[{"type":2,"style":1,"label":"a"}]}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"x"},{"type":2,"style":1,"label":"b","custom_id":"x"}]}]}""", "components")]
    [InlineData("""{"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]}]}""", "components")]
    [InlineData("""{"content":"hi","flags":64}""", "flags")]
    [InlineData("""{"content":"hi","nonce":"12345678901234567890123456"}""", "nonce")]
    public async Task Messages_are_taken_or_refused_with_the_place_of_the_fault(string body, string? member)
    {
        (HttpStatusCode status, JsonObject answer) = await PostAsync(body);
        if (member is null)
        {
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Empty(Discord.Faults);
        }
        else
        {
            Assert.Equal((HttpStatusCode.BadRequest, 50035), (status, (int)answer["code"]!));
            Assert.True(answer["errors"]!.AsObject().ContainsKey(member), answer.ToJsonString());
            Assert.NotEmpty(Discord.Faults);
        }
    }

    [Fact]
    public async Task More_than_forty_components_and_more_than_4000_characters_are_refused()
    {
        JsonArray many = [.. Enumerable.Range(0, 39).Select(_ => (JsonNode)new JsonObject { ["type"] = 10, ["content"] = "x" })];
        JsonObject Body(JsonArray inner) => new() { ["flags"] = 32768, ["components"] = new JsonArray(new JsonObject { ["type"] = 17, ["components"] = inner }) };
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Body(many.DeepClone().AsArray()).ToJsonString())).Status);
        many.Add(new JsonObject { ["type"] = 10, ["content"] = "x" });
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Body(many).ToJsonString())).Status);
        JsonArray Long(int length) => [new JsonObject { ["type"] = 10, ["content"] = new string('x', 2000) }, new JsonObject { ["type"] = 10, ["content"] = new string('x', length) }];
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Body(Long(2000)).ToJsonString())).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Body(Long(2001)).ToJsonString())).Status);
    }

    [Fact]
    public async Task Without_the_token_nothing_of_the_app_is_done()
    {
        using HttpClient http = Client(null);
        using HttpResponseMessage response = await http.GetAsync("gateway/bot", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Clients_that_do_not_say_who_they_are_are_turned_away()
    {
        using HttpClient http = new() { BaseAddress = Discord.ApiBase };
        using HttpResponseMessage response = await http.GetAsync("gateway/bot", Ct);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("""[{"name":"Imagine","description":"x"}]""")]
    [InlineData("""[{"name":"imagine"}]""")]
    [InlineData("""[{"name":"imagine","description":"x"},{"name":"imagine","description":"y"}]""")]
    [InlineData("""[{"name":"imagine","description":"x","description_localizations":{"zz":"y"}}]""")]
    [InlineData("""[{"name":"imagine","description":"x","options":[{"type":3,"name":"a","description":"a"},{"type":3,"name":"b","description":"b","required":true}]}]""")]
    [InlineData("""[{"name":"Vary","type":3,"description":"x"}]""")]
    public async Task Commands_that_Discord_would_not_take_are_refused(string commands)
    {
        using HttpClient http = Client(Discord.Token);
        using HttpResponseMessage response = await http.PutAsJsonAsync($"applications/{Discord.World.Application}/commands", JsonNode.Parse(commands), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_first_answer_after_three_seconds_or_a_second_one_is_refused()
    {
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), "help");
        using HttpClient http = Client(null);
        string path = $"interactions/{asked.Id}/{asked.Token}/callback";
        Assert.Equal(HttpStatusCode.NotFound, (await http.PatchAsJsonAsync($"webhooks/{Discord.World.Application}/{asked.Token}/messages/@original", new { content = "early" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync(path, new { type = 6 }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsJsonAsync(path, new { type = 5 }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync(path, new { type = 5 }, Ct)).StatusCode);
        OpenInteraction late = new() { Id = 5, Token = "late", Kind = 2, At = asked.At.AddSeconds(-4), Channel = asked.Channel, Payload = [] };
        Discord.World.Interactions["late"] = late;
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync("interactions/5/late/callback", new { type = 5 }, Ct)).StatusCode);
    }

    private async Task<(HttpStatusCode Status, JsonObject Answer)> PostAsync(string body)
    {
        using HttpClient http = Client(Discord.Token);
        using StringContent content = new(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await http.PostAsync($"channels/{Discord.World.AddChannel().Id}/messages", content, Ct);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!);
    }

    private HttpClient Client(string? token)
    {
        HttpClient http = new() { BaseAddress = Discord.ApiBase };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (test, 1)");
        if (token is not null) http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bot", token);
        return http;
    }
}
