using System.ClientModel;
using System.Net;
using System.Text.Json;
using CsCheck;
using Niche.Inference.Models;
using Niche.Inference.Text;
using OpenAI;
using OpenAI.Chat;

namespace Niche.GpuEndpoint.Tests.Routes;

/// <summary>Completions and chats over HTTP: the demo language model, alone and with chat templates.</summary>
public sealed class OpenAiTextsTests(ChatEndpoint chats) : IClassFixture<ChatEndpoint>
{
    private const string Body = """{"model":"chatty","messages":[{"role":"user","content":"a"},{"role":"user","content":[{"type":"text","text":"b"}]}],"max_tokens":1,"seed":1,"tools":[{"a":1}],"chat_template_kwargs":{"x":[1,2.5,null]},"stop":["x"]}""";
    private static readonly string[] Splices = ["", "null", "{", "}", "\"", "[]", "-1", "1e999", "\\ud800", "true", "\"role\":1,", "{\"a\":1,\"a\":2}", ","];
    private readonly RunningEndpoint _endpoint = chats.Endpoint;

    [Fact]
    public async Task A_completion_is_that_of_generate()
    {
        const string Body = """{"model":"plain","prompt":"a red","seed":3,"max_tokens":12,"logprobs":2}""";
        var (status, answer) = await _endpoint.PostAsync("/v1/completions", Body);
        var stock = (await _endpoint.PostAsync("/generate", Body)).Body.GetProperty("prompt_output");

        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        Assert.Equal("text_completion", answer.GetProperty("object").GetString());
        Assert.True(JsonElement.DeepEquals(stock.GetProperty("choices"), answer.GetProperty("choices")));
        Assert.True(JsonElement.DeepEquals(stock.GetProperty("usage"), answer.GetProperty("usage")));
    }

    [Fact]
    public async Task A_chat_becomes_the_prompt_of_the_models_own_template()
    {
        var (_, answer) = await _endpoint.PostAsync("/v1/chat/completions",
            """{"model":"chatty","messages":[{"role":"system","content":" a "},{"role":"user","content":[{"type":"text","text":"red"}]}],"seed":3,"max_completion_tokens":9,"logprobs":true,"top_logprobs":2}""");
        using var generator = TextGenerator.Load(ModelFolder.Open(Path.Combine(chats.Root, "chatty")), new SessionSettings(1), TimeProvider.System);
        var expected = generator.Complete(
            new TextRequest { Prompt = "a red", StartToken = false, Seed = 3, MaxTokens = 9 }, TestContext.Current.CancellationToken);

        var choice = answer.GetProperty("choices")[0];
        Assert.Equal(("assistant", expected.Text), (choice.GetProperty("message").GetProperty("role").GetString(), choice.GetProperty("message").GetProperty("content").GetString()));
        Assert.Equal(expected.PromptTokens, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var token = choice.GetProperty("logprobs").GetProperty("content")[0];
        Assert.Equal(expected.Pieces[0].Token!.Logprob, token.GetProperty("logprob").GetDouble(), 9);
        Assert.Equal(2, token.GetProperty("top_logprobs").GetArrayLength());
    }

    [Fact]
    public async Task A_model_without_a_template_continues_the_last_message_of_the_user()
    {
        var (_, chat) = await _endpoint.PostAsync("/v1/chat/completions",
            """{"model":"plain","messages":[{"role":"user","content":"never"},{"role":"user","content":"a red"},{"role":"assistant","content":"x"}],"seed":5}""");
        var (_, plain) = await _endpoint.PostAsync("/v1/completions", """{"model":"plain","prompt":"a red","seed":5}""");

        Assert.Equal(plain.GetProperty("choices")[0].GetProperty("text").GetString(), chat.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task The_official_client_chats_and_streams()
    {
        var client = new ChatClient("chatty", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(_endpoint.Client.BaseAddress!, "v1") });
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 10, Temperature = 0 };

        var whole = (await client.CompleteChatAsync([new UserChatMessage("a red")], options, TestContext.Current.CancellationToken)).Value;
        var (text, usage, role) = ("", 0, "");
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("a red")], options, TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage?.OutputTokenCount ?? usage;
            role = update.Role?.ToString() ?? role;
        }

        Assert.NotEmpty(text);
        Assert.Equal((whole.Content[0].Text, whole.Usage.OutputTokenCount, "Assistant"), (text, usage, role));
    }

    [Theory]
    [InlineData("""{"model":"chatty"}""", 400, "messages_invalid")]
    [InlineData("""{"model":"chatty","messages":[]}""", 400, "messages_invalid")]
    [InlineData("""{"model":"chatty","messages":[7]}""", 400, "message_invalid")]
    [InlineData("""{"model":"chatty","messages":[{"content":"x"}]}""", 400, "message_invalid")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":"\ud800"}]}""", 400, "message_invalid")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","\ud800":1,"content":"x"}]}""", 400, "json_invalid")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":[{"type":-1,"text":"b"}]}]}""", 400, "content_unsupported")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""", 400, "content_unsupported")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":"a"},{"role":"system","content":"b"}]}""", 400, "template_refused")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":{"a":1}}],"tools":7}""", 400, "field_type")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":"a"}],"n":2}""", 400, "n_unsupported")]
    [InlineData("""{"model":"chatty","messages":[{"role":"user","content":"a"}],"max_completion_tokens":64}""", 400, "max_tokens_out_of_range")]
    [InlineData("""{"model":"plain","messages":[{"role":"system","content":"a"}]}""", 400, "messages_invalid")]
    [InlineData("""{"model":"absent","messages":[{"role":"user","content":"a"}]}""", 400, "model_unknown")]
    [InlineData("""{"model":"odd","messages":[{"role":"user","content":"a"}]}""", 501, "template_unsupported")]
    public async Task What_cannot_be_answered_is_said_in_the_form_that_these_clients_read(string body, int status, string code)
    {
        var (answered, answer) = await _endpoint.PostAsync("/v1/chat/completions", body);

        Assert.Equal((status, code), ((int)answered, answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_a_message_says_twice_counts_as_it_was_said_last()
    {
        var (_, twice) = await _endpoint.PostAsync("/v1/chat/completions", """{"model":"chatty","messages":[{"role":"system","role":"user","content":"x","content":[{"type":"text","text":"a red"}]}],"seed":4}""");
        var (_, once) = await _endpoint.PostAsync("/v1/chat/completions", """{"model":"chatty","messages":[{"role":"user","content":"a red"}],"seed":4}""");

        Assert.True(JsonElement.DeepEquals(once.GetProperty("choices"), twice.GetProperty("choices")));
    }

    [Fact]
    public async Task Any_body_is_answered_or_refused() => await Gen.Select(Gen.Int[0, Body.Length - 1], Gen.Int[0, 8], Gen.Int[0, Splices.Length - 1]).SampleAsync(async (at, cut, put) =>
    {
        var (status, said) = await _endpoint.PostAsync("/v1/chat/completions", Body[..at] + Splices[put] + Body[Math.Min(Body.Length, at + cut)..]);

        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, said.ToString());
    }, iter: 600, threads: 1);

    [Fact]
    public async Task Several_completions_at_a_time_are_refused()
    {
        var (status, answer) = await _endpoint.PostAsync("/v1/completions", """{"model":"plain","prompt":"a","n":2}""");

        Assert.Equal((400, "n_unsupported"), ((int)status, answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_long_chat_is_refused_before_it_is_read_to_its_end()
    {
        var (status, answer) = await _endpoint.PostAsync("/v1/chat/completions", $$"""{"model":"chatty","messages":[{"role":"user","content":"{{new string('x', 5000)}}"}]}""");

        Assert.Equal((400, "prompt_too_long"), ((int)status, answer.GetProperty("error").GetProperty("code").GetString()));
    }
}
