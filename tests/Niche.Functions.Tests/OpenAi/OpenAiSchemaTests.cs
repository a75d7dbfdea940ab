using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.OpenAi;

/// <summary>Our answers against the schemas that OpenAI publishes.</summary>
public sealed class OpenAiSchemaTests(SharedSubnet shared)
{
    private const string Chat = """{"messages":[{"role":"user","content":"a red"}],"max_tokens":6,"seed":3""";

    [Theory]
    [InlineData("url")]
    [InlineData("b64_json")]
    public async Task Pictures_fit(string format)
    {
        OpenAiSchema schema = new();
        (_, JsonNode? body) = await shared.Http.PostAsync("/v1/images/generations", $$"""{"prompt":"{{Talk.Prompt}}","steps":1,"response_format":"{{format}}"}""");
        Assert.Empty(schema.Differences("ImagesResponse", body));
    }

    [Fact]
    public async Task Texts_fit()
    {
        OpenAiSchema schema = new();
        (_, JsonNode? body) = await shared.Http.PostAsync("/v1/chat/completions", Chat + "}");
        Assert.Empty(schema.Differences("CreateChatCompletionResponse", body));
    }

    [Fact]
    public async Task Every_event_of_a_stream_fits()
    {
        OpenAiSchema schema = new();
        using StringContent content = new(Chat + ""","stream":true,"stream_options":{"include_usage":true}}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await shared.Http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string[] events = [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SkipLast(1)];
        Assert.NotEmpty(events);
        foreach (string data in events) Assert.Empty(schema.Differences("CreateChatCompletionStreamResponse", JsonNode.Parse(data[6..])));
    }

    [Fact]
    public async Task Models_fit()
    {
        OpenAiSchema schema = new();
        Assert.Empty(schema.Differences("ListModelsResponse", await shared.Http.GetJsonAsync("/v1/models")));
    }

    [Fact]
    public async Task Errors_fit()
    {
        OpenAiSchema schema = new();
        (_, JsonNode? body) = await shared.Http.PostAsync("/v1/images/generations", "{");
        Assert.Empty(schema.Differences("ErrorResponse", body));
    }

    [Fact]
    public void A_member_that_is_missing_or_of_another_type_is_found()
    {
        OpenAiSchema schema = new();
        Assert.Contains(schema.Differences("ErrorResponse", JsonNode.Parse("""{"error":{"type":5,"message":"a","param":null}}""")), text => text.Contains("code", StringComparison.Ordinal));
        Assert.Contains(schema.Differences("ListModelsResponse", JsonNode.Parse("""{"object":"list","data":[{"id":7}]}""")), text => text.Contains("$.data[0].id", StringComparison.Ordinal));
    }
}
