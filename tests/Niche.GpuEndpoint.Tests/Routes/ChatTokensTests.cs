using System.Net;
using System.Text.Json;
using Niche.Inference.Models;
using Niche.TinyModels.Text;

namespace Niche.GpuEndpoint.Tests.Routes;

/// <summary>From a chat to the tokens that a model gets: template, start token and the tokens that a template writes, in a model of the Llama family.</summary>
public sealed class ChatTokensTests
{
    private const string Template = "{{ bos_token }}{% for m in messages %}{{ '<|' + m.role + '|>' + m.content }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";
    private const int Start = 256;

    [Fact]
    public async Task What_a_template_writes_are_tokens_and_the_start_token_comes_once()
    {
        var root = Directory.CreateTempSubdirectory("niche-chat-").FullName;
        try
        {
            TinyText.Write(Path.Combine(root, "llama"), TinyTextForm.Llama, folder => folder.Add("tokenizer.json", Tokenizer())
                .Add("tokenizer_config.json", """{"bos_token":{"content":"<s>"}}""").Add("chat_template.jinja", Template));
            await using var endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, ModelsDirectory = root, Only = [ModelKind.Text] });

            // <s> <|user|> h e y <|assistant|>
            Assert.Equal(6, await PromptTokens(endpoint, "/v1/chat/completions", """{"messages":[{"role":"user","content":"hey"}],"max_tokens":2}"""));
            // <s> h e y
            Assert.Equal(4, await PromptTokens(endpoint, "/v1/completions", """{"model":"tiny-llama","prompt":"hey","max_tokens":2}"""));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<int> PromptTokens(RunningEndpoint endpoint, string path, string body)
    {
        var (status, answer) = await endpoint.PostAsync(path, body);
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
    }

    // Bytes and four tokens.
    private static string Tokenizer()
    {
        var next = 256;
        var letters = Enumerable.Range(0, 256).Select(b => ((char)(b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? b : next++)).ToString());
        var vocabulary = letters.Select((letter, id) => (letter, id)).ToDictionary(pair => pair.letter, pair => pair.id);
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["added_tokens"] = new[] { "<s>", "<|user|>", "<|assistant|>", "<|system|>" }.Select((text, i) => new { id = Start + i, content = text, special = true, normalized = false }),
            ["pre_tokenizer"] = new { type = "ByteLevel", add_prefix_space = false, use_regex = true },
            ["post_processor"] = new
            {
                type = "TemplateProcessing", single = new object[] { new { SpecialToken = new { id = "<s>" } }, new { Sequence = new { id = "A" } } },
                special_tokens = new Dictionary<string, object> { ["<s>"] = new { ids = new[] { Start } } },
            },
            ["decoder"] = new { type = "ByteLevel" },
            ["model"] = new { type = "BPE", vocab = vocabulary, merges = Array.Empty<string>() },
        });
    }
}
