using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Functions.Api.Document;
using Niche.Functions.Tests.Rig;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Tests.Accounts;

/// <summary>What is somebody's is nobody else's, on every route that takes an id.</summary>
public sealed class OwnershipTests(AccountSubnet subnet) : IClassFixture<AccountSubnet>
{
    private static readonly string[] Strangers = ["", "Bearer sk-anything", "Basic bmljaGU6eA==", "Bearer"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_of_an_account_does_not_exist_for_others(bool byKey)
    {
        (TerminalVisitor person, KeyedClient owner) = await subnet.PersonAsync();
        (_, KeyedClient other) = await subnet.PersonAsync();
        string id = byKey ? (string)(await owner.PaintAsync("a house"))["id"]! : await ByTerminalAsync(person, owner);
        List<(string Name, string Value)[]> callers = [.. Strangers.Select(value => value.Length == 0 ? Array.Empty<(string, string)>() : [("Authorization", value)])];
        callers.Add([("Authorization", "Bearer " + other.Key)]);
        foreach ((HttpMethod method, string path) in Routes(id))
        {
            foreach ((string, string)[] headers in callers)
            {
                (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.SendAsync(method, path, null, headers);
                Talk.AssertProblem(response, problem, 404, "job_not_found");
            }
        }

        (HttpResponseMessage page, _) = await other.SendAsync(HttpMethod.Get, "/v1/history?before=" + id);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        foreach ((HttpMethod method, string path) in Routes(id))
            Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync(method, path)).Response.StatusCode);
    }

    [Fact]
    public void Every_route_that_takes_the_id_of_a_job_is_among_those_that_are_tried()
    {
        // Receipts are public to whoever has their id, keys are tried below, Studio's files are everybody's.
        string[] others = ["/v1/receipts/{id}", "/v1/keys/{id}", "/{path}"];
        IEnumerable<string> taking = ApiRoutes.All.Where(route => route.Path.Contains('{') && !others.Contains(route.Path))
            .SelectMany(route => route.Methods.Where(method => method != "head").Select(method => $"{method} {route.Path}"));
        Assert.Equal(["delete /v1/jobs/{id}", "get /v1/images/{jobId}/{file}", "get /v1/jobs/{id}"], taking.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_signature_of_one_picture_opens_no_other()
    {
        (_, KeyedClient owner) = await subnet.PersonAsync();
        string one = (string)(await owner.PaintAsync("a house"))["results"]![0]!["url"]!, other = (string)(await owner.PaintAsync("a boat"))["results"]![0]!["url"]!;
        foreach (string path in (string[])[$"{one.Split('?')[0]}?{other.Split('?')[1]}", one[..^1] + (one[^1] == '0' ? "1" : "0"), one.Split('?')[0] + "?sig=", one.Split('?')[0]])
            Assert.Equal(HttpStatusCode.NotFound, (await subnet.Http.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await subnet.Http.GetAsync(new Uri(one, UriKind.Relative), Ct)).StatusCode);
    }

    [Fact]
    public async Task What_stands_in_a_public_channel_can_be_looked_at_and_called_off_by_its_owner_only()
    {
        JsonNode job = await subnet.Http.PaintAsync();
        string id = (string)job["id"]!;
        JobSnapshot snapshot = (await subnet.Subnet.Services.GetRequiredService<JobStore>().GetAsync(id, Ct))!;
        await subnet.Subnet.Services.GetRequiredService<OrderStore>().AddAsync(
            new Order
            {
                JobId = id, Owner = "discord:1", AccountId = "home", Place = new Place { Platform = "discord", Channel = "7", Kind = ChannelKind.Group },
                Request = snapshot.Job.Request, Prompt = Talk.Prompt, Language = "en", At = snapshot.Job.CreatedAt,
            },
            Ct);
        Assert.Equal(HttpStatusCode.OK, (await subnet.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id)).Response.StatusCode);
        (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + id);
        Talk.AssertProblem(response, problem, 404, "job_not_found");
    }

    [Fact]
    public async Task What_nobody_in_particular_ordered_is_anybodys_who_knows_it()
    {
        (_, KeyedClient other) = await subnet.PersonAsync();
        string id = (string)(await subnet.Http.PaintAsync())["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await other.SendAsync(HttpMethod.Get, "/v1/jobs/" + id)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await subnet.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + id)).Response.StatusCode);
        Assert.Empty(await other.HistoryAsync());
    }

    [Fact]
    public async Task Keys_of_others_cannot_be_revoked()
    {
        (_, KeyedClient owner) = await subnet.PersonAsync();
        (_, KeyedClient other) = await subnet.PersonAsync();
        foreach (string id in (string[])[owner.Key.Split('_')[1], "0000000000000000", "x", "..%2Fx"])
        {
            (HttpResponseMessage response, JsonNode? problem) = await other.SendAsync(HttpMethod.Delete, "/v1/keys/" + id);
            Talk.AssertProblem(response, problem, 404, "key_not_found");
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync(HttpMethod.Get, "/v1/account")).Response.StatusCode);
    }

    private static IEnumerable<(HttpMethod Method, string Path)> Routes(string id) =>
        [(HttpMethod.Get, "/v1/jobs/" + id), (HttpMethod.Get, $"/v1/images/{id}/0.png"), (HttpMethod.Delete, "/v1/jobs/" + id)];

    private static async Task<string> ByTerminalAsync(TerminalVisitor person, KeyedClient owner)
    {
        await person.SayAsync("/imagine a house --steps 2 --count 1");
        (_, JsonNode? page) = await owner.SendAsync(HttpMethod.Get, "/v1/history");
        string id = (string)page!["data"]![0]!["id"]!;
        await Eventually.TrueAsync(async () => (string)(await owner.SendAsync(HttpMethod.Get, "/v1/jobs/" + id)).Body!["status"]! == "succeeded");
        return id;
    }
}
