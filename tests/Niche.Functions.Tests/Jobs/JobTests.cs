using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Jobs;

/// <summary>Submitting, repeating and reading jobs.</summary>
public sealed class JobTests(SharedSubnet shared)
{
    private const string Body = $$"""{"prompt":"{{Talk.Prompt}}","steps":2,"seed":11}""";

    [Fact]
    public async Task A_job_is_accepted_with_its_place_and_ends_with_pictures()
    {
        (HttpResponseMessage response, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", $$"""{"prompt":"{{Talk.Prompt}}","steps":2,"seed":999999999,"count":3}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        string id = (string)job!["id"]!;
        Assert.Equal($"/v1/jobs/{id}", response.Headers.Location?.OriginalString);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        JsonNode done = await shared.Http.FinishAsync(id);
        Assert.Equal("succeeded", (string?)done["status"]);
        Assert.Equal((3, 3), ((int)done["progress"]!["done"]!, (int)done["progress"]!["total"]!));
        Assert.Equal([999999999L, 1000000000L, 0L], done["results"]!.AsArray().Select(result => (long)result!["seed"]!));
        Assert.Null(done["position"]);
        Assert.NotNull(done["finished_at"]);
        foreach (JsonNode? result in done["results"]!.AsArray()) Assert.Equal($"/v1/images/{id}/{(int)result!["index"]!}.png", (string?)result["url"]);
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_job_and_200()
    {
        string key = Guid.NewGuid().ToString();
        (HttpResponseMessage first, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", Body, ("Idempotency-Key", key));
        (HttpResponseMessage second, JsonNode? again) = await shared.Http.PostAsync("/v1/jobs", Body, ("Idempotency-Key", key));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal((string?)job!["id"], (string?)again!["id"]);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        await shared.Http.FinishAsync((string)job["id"]!);
    }

    [Fact]
    public async Task The_same_key_many_times_at_once_gives_one_job()
    {
        string key = Guid.NewGuid().ToString();
        (HttpResponseMessage Response, JsonNode? Job)[] answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => shared.Http.PostAsync("/v1/jobs", Body, ("Idempotency-Key", key))));
        Assert.All(answers, answer => Assert.True(answer.Response.IsSuccessStatusCode, answer.Job?.ToJsonString()));
        string id = Assert.Single(answers.Select(answer => (string)answer.Job!["id"]!).Distinct());
        Assert.Single((await shared.Http.FinishAsync(id))["results"]!.AsArray());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_conflict()
    {
        string key = Guid.NewGuid().ToString();
        (_, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", Body, ("Idempotency-Key", key));
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync("/v1/jobs", """{"prompt":"another"}""", ("Idempotency-Key", key));
        Talk.AssertProblem(response, problem, 422, "idempotency_conflict");
        await shared.Http.FinishAsync((string)job!["id"]!);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(4000)]
    public async Task A_key_that_is_too_long_is_refused(int length)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync("/v1/jobs", Body, ("Idempotency-Key", new string('k', length)));
        Talk.AssertProblem(response, problem, 400, "invalid_parameter");
        Assert.Equal("Idempotency-Key", (string?)problem!["errors"]![0]!["field"]);
    }

    [Theory]
    [InlineData("0000000000000000000000000v")]
    [InlineData("x")]
    [InlineData("0000000000000000000000000V")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("a%27%20or%201%3D1")]
    public async Task A_job_that_is_not_there_is_not_found(string id)
    {
        foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            (HttpResponseMessage response, JsonNode? problem) = await shared.Http.SendAsync(method, "/v1/jobs/" + id);
            Talk.AssertProblem(response, problem, 404, "job_not_found");
        }
    }

    [Fact]
    public async Task A_finished_job_is_not_waited_for_and_cannot_be_called_off()
    {
        string id = (string)(await shared.Http.PaintAsync())["id"]!;
        (HttpResponseMessage read, _) = await shared.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id, null, ("Prefer", "wait=60")).Soon();
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        (HttpResponseMessage response, JsonNode? job) = await shared.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + id);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("succeeded", (string?)job!["status"]);
    }

    [Theory]
    [InlineData("wait=-1")]
    [InlineData("wait=abc")]
    [InlineData("wait=99999999999")]
    [InlineData("respond-async")]
    [InlineData("wait=0")]
    public async Task A_preference_that_makes_no_sense_is_no_wait(string prefer)
    {
        string id = (string)(await shared.Http.PaintAsync())["id"]!;
        (HttpResponseMessage response, _) = await shared.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id, null, ("Prefer", prefer)).Soon();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
