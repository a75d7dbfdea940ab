using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Jobs;

/// <summary>Jobs whose miner is held back: places in the queue, long polls, calling off, a full queue.</summary>
public sealed class WaitingJobTests(SharedSubnet shared) : IAsyncLifetime
{
    private const string Body = $$"""{"prompt":"{{Talk.Prompt}}","steps":2,"seed":11}""";
    private SmallSubnet _subnet = null!;

    public async ValueTask InitializeAsync()
    {
        _subnet = await SmallSubnet.StartAsync(shared.Endpoint.Address, withMiner: true, "Validator:MaxWaitingUnits=3", "Validator:DirectRunners=1",
            "AzureWebJobs.OrganicJobs.Disabled=true");
        await _subnet.WhenReadyAsync();
        _subnet.Miner.Hold();
    }

    public ValueTask DisposeAsync() => _subnet.DisposeAsync();

    [Fact]
    public async Task A_waiting_job_knows_its_place_and_when_it_will_be_done()
    {
        await SubmitRunningAsync();
        JsonNode[] waiting = [await SubmitAsync(), await SubmitAsync()];
        Assert.Equal(["queued", "queued"], waiting.Select(job => (string)job["status"]!));
        Assert.Equal([0, 1], waiting.Select(job => (int)job["position"]!));
        Assert.All(waiting, job => Assert.True((double)job["eta_seconds"]! > 0));
        Assert.True((double)waiting[1]["eta_seconds"]! > (double)waiting[0]["eta_seconds"]!);
    }

    [Fact]
    public async Task A_running_job_has_no_place_but_an_expected_end()
    {
        JsonNode job = await _subnet.Http.GetJsonAsync("/v1/jobs/" + await SubmitRunningAsync());
        Assert.Equal("running", (string?)job["status"]);
        Assert.Null(job["position"]);
        Assert.True((double)job["eta_seconds"]! > 0);
        Assert.NotNull(job["started_at"]);
    }

    [Fact]
    public async Task A_long_poll_ends_when_the_job_changes()
    {
        string id = await SubmitRunningAsync();
        Task<(HttpResponseMessage Response, JsonNode? Job)> poll = _subnet.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id, null, ("Prefer", "wait=60"));
        _subnet.Miner.Release();
        Assert.Equal("succeeded", (string?)(await poll.Soon()).Job!["status"]);
    }

    [Fact]
    public async Task A_long_poll_ends_without_a_change_when_its_time_is_over()
    {
        string id = await SubmitRunningAsync();
        (HttpResponseMessage response, JsonNode? job) = await _subnet.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id, null, ("Prefer", "respond-async, wait=1")).Soon();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("running", (string?)job!["status"]);
    }

    [Fact]
    public async Task Calling_off_a_running_job_stops_the_miner()
    {
        string id = await SubmitRunningAsync();
        (HttpResponseMessage response, _) = await _subnet.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + id);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await _subnet.Miner.Cancelled.Soon();
        JsonNode job = await _subnet.Http.FinishAsync(id);
        Assert.Equal("cancelled", (string?)job["status"]);
        Assert.Empty(job["results"]!.AsArray());
    }

    [Fact]
    public async Task Calling_off_a_waiting_job_ends_it_at_once()
    {
        await SubmitRunningAsync();
        string id = (string)(await SubmitAsync())["id"]!;
        (_, JsonNode? job) = await _subnet.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + id);
        Assert.Equal("cancelled", (string?)job!["status"]);
        (_, JsonNode? again) = await _subnet.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + id);
        Assert.Equal("cancelled", (string?)again!["status"]);
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        await SubmitRunningAsync();
        for (int i = 0; i < 3; i++) await SubmitAsync();
        (HttpResponseMessage response, JsonNode? problem) = await _subnet.Http.PostAsync("/v1/jobs", Body);
        Talk.AssertProblem(response, problem, 429, "queue_full");
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        (HttpResponseMessage images, JsonNode? same) = await _subnet.Http.PostAsync("/v1/images/generations", Body);
        Talk.AssertProblem(images, same, 429, "queue_full");
    }

    private async Task<JsonNode> SubmitAsync()
    {
        (HttpResponseMessage response, JsonNode? job) = await _subnet.Http.PostAsync("/v1/jobs", Body);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, job?.ToJsonString());
        return job!;
    }

    private async Task<string> SubmitRunningAsync()
    {
        string id = (string)(await SubmitAsync())["id"]!;
        await _subnet.Miner.Begun.Soon();
        return id;
    }
}
