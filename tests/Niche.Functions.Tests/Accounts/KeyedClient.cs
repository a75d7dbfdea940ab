using System.Text;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Accounts;

/// <summary>The API with a key.</summary>
public sealed class KeyedClient(HttpClient http, string key)
{
    public string Key => key;

    public Task<(HttpResponseMessage Response, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers) => http.SendAsync(
        method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), [("Authorization", "Bearer " + key), .. headers]);

    /// <summary>Submits a job.</summary>
    public Task<(HttpResponseMessage Response, JsonNode? Body)> OrderAsync(string prompt, int count = 1, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/v1/jobs", $$"""{"prompt":"{{prompt}}","steps":2,"count":{{count}}}""", headers);

    /// <summary>Submits a job and waits for its end.</summary>
    public async Task<JsonNode> PaintAsync(string prompt)
    {
        (HttpResponseMessage response, JsonNode? job) = await OrderAsync(prompt);
        Assert.True((int)response.StatusCode == 202, job?.ToJsonString());
        while ((string)job!["status"]! is "queued" or "running") (_, job) = await SendAsync(HttpMethod.Get, "/v1/jobs/" + (string)job["id"]!, null, ("Prefer", "wait=20"));
        Assert.Equal("succeeded", (string)job["status"]!);
        return job;
    }

    /// <summary>What the account ordered, as door and prompt, newest first.</summary>
    public async Task<string[]> HistoryAsync(string query = "")
    {
        (HttpResponseMessage response, JsonNode? body) = await SendAsync(HttpMethod.Get, "/v1/history" + query);
        Assert.True((int)response.StatusCode == 200, body?.ToJsonString());
        return [.. body!["data"]!.AsArray().Select(entry => $"{entry!["door"]}: {entry["prompt"]}")];
    }
}
