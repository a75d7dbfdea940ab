using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Input;

/// <summary>Whatever strangers send: a problem document with a stable code, never a failure of ours.</summary>
public sealed class BadInputTests(SharedSubnet shared)
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    public static TheoryData<string> Routes => [.. BadBodies.Routes];

    [Theory]
    [MemberData(nameof(BadBodies.Everywhere), MemberType = typeof(BadBodies))]
    public async Task A_body_that_is_not_one_json_object_is_refused(string route, string body, string code)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync(route, body);
        Talk.AssertProblem(response, problem, 400, code);
    }

    [Theory]
    [MemberData(nameof(BadBodies.Pictures), MemberType = typeof(BadBodies))]
    public async Task A_member_of_a_picture_order_is_held_to_its_range(string route, string member, string value, string code)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync(route, $$"""{"prompt":"{{Talk.Prompt}}","{{member}}":{{value}}}""");
        Talk.AssertProblem(response, problem, 400, code);
        JsonNode error = Assert.Single(problem!["errors"]!.AsArray())!;
        Assert.Equal(member, (string?)error["field"]);
        Assert.Equal(member, (string?)problem["error"]!["param"]);
        if (!code.StartsWith("invalid_p", StringComparison.Ordinal)) Assert.NotNull(error["allowed"]);
    }

    [Theory]
    [MemberData(nameof(BadBodies.Prompts), MemberType = typeof(BadBodies))]
    public async Task A_prompt_that_cannot_be_used_is_refused(string route, string body, string code)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync(route, body);
        Talk.AssertProblem(response, problem, 400, code);
        Assert.Equal("prompt", (string?)Assert.Single(problem!["errors"]!.AsArray())!["field"]);
    }

    [Theory]
    [MemberData(nameof(BadBodies.Texts), MemberType = typeof(BadBodies))]
    public async Task An_order_for_a_text_is_held_to_its_ranges(string body, string code, string field)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync("/v1/chat/completions", body);
        Talk.AssertProblem(response, problem, 400, code);
        Assert.Equal(field, (string?)Assert.Single(problem!["errors"]!.AsArray())!["field"]);
    }

    [Fact]
    public async Task All_faults_are_named_at_once_with_what_is_allowed()
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync(
            "/v1/images/generations", """{"prompt":7,"n":9,"size":"1x1","steps":99,"guidance":"x","seed":-1,"response_format":"gif"}""");
        Talk.AssertProblem(response, problem, 400, "invalid_parameter");
        Dictionary<string, JsonNode> errors = problem!["errors"]!.AsArray().ToDictionary(error => (string)error!["field"]!, error => error!);
        Assert.Equal(["guidance", "n", "prompt", "response_format", "seed", "size", "steps"], errors.Keys.Order());
        Assert.Equal((1, 50), ((int)errors["steps"]["allowed"]!["min"]!, (int)errors["steps"]["allowed"]!["max"]!));
        Assert.Equal((1, 4), ((int)errors["n"]["allowed"]!["min"]!, (int)errors["n"]["allowed"]!["max"]!));
        Assert.Equal(["128x128"], errors["size"]["allowed"]!["values"]!.AsArray().Select(value => (string)value!));
        Assert.Contains("'n'", (string)errors["n"]["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Ten_megabytes_are_refused_with_the_limit(string route)
    {
        string body = $$"""{"prompt":"{{new string('a', TenMegabytes)}}"}""";
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync(route, body);
        Talk.AssertProblem(response, problem, 400, "body_too_large");
        Assert.Equal(route == "/v1/jobs" ? 8448 * 1024 : 256 * 1024, (int)problem!["allowed"]!["max"]!);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Ten_megabytes_in_chunks_are_refused_with_the_limit(string route)
    {
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes($$"""{"prompt":"{{new string('a', TenMegabytes)}}"}"""));
        StreamContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, route) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);
        JsonNode? problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Talk.AssertProblem(response, problem, 400, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData(null)]
    public async Task What_does_not_say_that_it_is_json_is_refused(string? type)
    {
        foreach (string route in BadBodies.Routes)
        {
            StringContent content = new($$"""{"prompt":"{{Talk.Prompt}}"}""");
            content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
            (HttpResponseMessage response, JsonNode? problem) = await shared.Http.SendAsync(HttpMethod.Post, route, content);
            Talk.AssertProblem(response, problem, 400, "invalid_parameter");
            Assert.Equal("Content-Type", (string?)problem!["errors"]![0]!["field"]);
        }
    }

    [Fact]
    public async Task Nothing_of_a_prompt_is_logged()
    {
        const string Secret = "wanderdunen-im-oktoberlicht";
        (HttpResponseMessage good, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", $$"""{"prompt":"{{Secret}}","steps":1}""");
        Assert.Equal(202, (int)good.StatusCode);
        await shared.Http.FinishAsync((string)job!["id"]!);
        await shared.Http.PostAsync("/v1/images/generations", $$"""{"prompt":"{{Secret}}\u0000","negative_prompt":"{{Secret}}"}""");
        await shared.Http.PostAsync("/v1/jobs", $$"""{"prompt":"{{Secret}}" """);
        await shared.Http.PostAsync("/v1/chat/completions", $$"""{"messages":[{"role":"user","content":"{{Secret}}"}],"max_tokens":3}""");
        Assert.NotEmpty(shared.Subnet.Log.Lines);
        Assert.DoesNotContain(shared.Subnet.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(shared.Subnet.Log.Lines, line => line.Contains("//Alice", StringComparison.Ordinal));
    }
}
