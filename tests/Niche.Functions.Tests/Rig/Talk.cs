using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Niche.Functions.Tests.Rig;

/// <summary>Short ways to speak to the API.</summary>
internal static class Talk
{
    public const string Prompt = "a red lighthouse by the sea at night";

    public static Task<(HttpResponseMessage Response, JsonNode? Body)> PostAsync(this HttpClient http, string path, string json, params (string Name, string Value)[] headers) =>
        http.SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public static Task<(HttpResponseMessage Response, JsonNode? Body)> PostAsync(this HttpClient http, string path, byte[] body)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return http.SendAsync(HttpMethod.Post, path, content);
    }

    public static async Task<(HttpResponseMessage Response, JsonNode? Body)> SendAsync(
        this HttpClient http, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        foreach ((string name, string value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        bool json = response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal);
        string text = json ? await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : "";
        return (response, text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    public static async Task<JsonNode> GetJsonAsync(this HttpClient http, string path)
    {
        (HttpResponseMessage response, JsonNode? body) = await http.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return body!;
    }

    /// <summary>Submits a job and waits for its end.</summary>
    public static async Task<JsonNode> PaintAsync(this HttpClient http, int count = 1, long seed = 7)
    {
        (HttpResponseMessage response, JsonNode? job) = await http.PostAsync("/v1/jobs", $$"""{"prompt":"{{Prompt}}","steps":4,"count":{{count}},"seed":{{seed}}}""");
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, job?.ToJsonString());
        return await http.FinishAsync((string)job!["id"]!);
    }

    public static async Task<JsonNode> FinishAsync(this HttpClient http, string id)
    {
        while (true)
        {
            (_, JsonNode? job) = await http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id, null, ("Prefer", "wait=20"));
            if ((string)job!["status"]! is not ("queued" or "running")) return job;
        }
    }

    /// <summary>Holds an answer against everything that a problem document promises.</summary>
    public static void AssertProblem(HttpResponseMessage response, JsonNode? body, int status, string code)
    {
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {body?.ToJsonString()}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)body!["code"]);
        Assert.Equal("urn:niche:error:" + code, (string?)body["type"]);
        Assert.Equal(status, (int)body["status"]!);
        Assert.NotEmpty((string)body["title"]!);
        Assert.NotEmpty((string)body["detail"]!);
        Assert.NotEmpty((string)body["request_id"]!);
        Assert.NotEmpty(body["errors"]!.AsArray());
        Assert.Equal(code, (string?)body["error"]!["code"]);
        Assert.Equal((string)body["detail"]!, (string?)body["error"]!["message"]);
        Assert.NotEmpty((string)body["error"]!["type"]!);
        Assert.True(body["error"]!.AsObject().ContainsKey("param"));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }
}
