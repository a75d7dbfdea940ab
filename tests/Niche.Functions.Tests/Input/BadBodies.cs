namespace Niche.Functions.Tests.Input;

/// <summary>Bodies that are wrong on every route that takes one, with the code that says so.</summary>
public static class BadBodies
{
    public static readonly string[] Routes = ["/v1/images/generations", "/v1/jobs", "/v1/chat/completions"];

    public static TheoryData<string, string, string> Everywhere()
    {
        (string Body, string Code)[] bodies =
        [
            ("", "malformed_json"), (" ", "malformed_json"), ("null", "malformed_json"), ("[]", "malformed_json"), ("[{\"prompt\":\"a\"}]", "malformed_json"),
            ("\"text\"", "malformed_json"), ("12", "malformed_json"), ("true", "malformed_json"), ("{", "malformed_json"), ("{\"prompt\":", "malformed_json"),
            ("{\"prompt\":\"a\"", "malformed_json"), ("{\"prompt\":\"a\"} {}", "malformed_json"), ("{\"prompt\":\"a\"}x", "malformed_json"),
            ("{'prompt':'a'}", "malformed_json"), ("{\"prompt\":\"a\",}", "malformed_json"), ("{\"model\":\"a\",\"model\":\"b\"}", "malformed_json"),
            ("{\"seed\":NaN}", "malformed_json"), ("{\"seed\":Infinity}", "malformed_json"), ("/* a */ {}", "malformed_json"),
            ("{\"a\":" + new string('[', 100) + new string(']', 100) + "}", "malformed_json"),
            (new string('[', 100_000), "malformed_json"), ("{\"\\ud800\":1,\"\\ud800\":2}", "malformed_json"), ("\ufeff{}", "malformed_json"),
        ];
        TheoryData<string, string, string> rows = [];
        foreach (string route in Routes)
        {
            foreach ((string body, string code) in bodies) rows.Add(route, body, code);
        }

        return rows;
    }

    /// <summary>Members of an order for pictures: what follows the prompt, the code, the field. <c>$count</c> is n or count.</summary>
    public static TheoryData<string, string, string, string> Pictures()
    {
        (string Member, string Value, string Code)[] members =
        [
            ("steps", "0", "steps_out_of_range"), ("steps", "51", "steps_out_of_range"), ("steps", "-1", "steps_out_of_range"),
            ("steps", "2.5", "steps_out_of_range"), ("steps", "1e30", "steps_out_of_range"), ("steps", "1e400", "steps_out_of_range"),
            ("steps", "-2147483648", "steps_out_of_range"), ("steps", "4294967300", "steps_out_of_range"),
            ("guidance", "0.99", "guidance_out_of_range"), ("guidance", "10.01", "guidance_out_of_range"), ("guidance", "1e30", "guidance_out_of_range"),
            ("guidance", "-1e400", "guidance_out_of_range"),
            ("seed", "-1", "seed_out_of_range"), ("seed", "1000000001", "seed_out_of_range"), ("seed", "1e30", "seed_out_of_range"), ("seed", "0.5", "seed_out_of_range"),
            ("seed", "9223372036854775808", "seed_out_of_range"),
            ("$count", "0", "count_out_of_range"), ("$count", "5", "count_out_of_range"), ("$count", "-1", "count_out_of_range"), ("$count", "1.5", "count_out_of_range"),
            ("$count", "1e30", "count_out_of_range"),
            ("model", "\"no-such-model\"", "unknown_model"), ("model", "\"niche-prompt-lm\"", "unknown_model"), ("model", "\"NICHE-SCENES\"", "unknown_model"),
            ("negative_prompt", "\"a\\u0000b\"", "invalid_prompt"), ("negative_prompt", $"\"{new string('a', 2001)}\"", "invalid_prompt"),
            ("steps", "\"20\"", "invalid_parameter"), ("steps", "\"NaN\"", "invalid_parameter"), ("steps", "true", "invalid_parameter"), ("steps", "[20]", "invalid_parameter"),
            ("steps", "{}", "invalid_parameter"), ("guidance", "\"Infinity\"", "invalid_parameter"), ("seed", "\"7\"", "invalid_parameter"),
            ("model", "7", "invalid_parameter"), ("negative_prompt", "false", "invalid_parameter"), ("negative_prompt", "\"\\udc00\"", "invalid_parameter"),
            ("$count", "[]", "invalid_parameter"),
        ];
        TheoryData<string, string, string, string> rows = [];
        foreach ((string member, string value, string code) in members)
        {
            rows.Add("/v1/images/generations", member == "$count" ? "n" : member, value, code);
            rows.Add("/v1/jobs", member == "$count" ? "count" : member, value, code);
        }

        foreach (string size in new[] { "\"127x128\"", "\"128\"", "\"0x0\"", "\"-128x128\"", "\"128x128x128\"", "\"99999999999x1\"", "\"\"", "\"big\"", "\"１２８x128\"" })
            rows.Add("/v1/images/generations", "size", size, "size_not_allowed");
        rows.Add("/v1/images/generations", "size", "128", "invalid_parameter");
        rows.Add("/v1/images/generations", "response_format", "\"jpeg\"", "invalid_parameter");
        rows.Add("/v1/images/generations", "response_format", "3", "invalid_parameter");
        rows.Add("/v1/jobs", "kind", "\"text\"", "invalid_parameter");
        rows.Add("/v1/jobs", "kind", "1", "invalid_parameter");
        return rows;
    }

    /// <summary>Prompts that cannot be used, as JSON.</summary>
    public static TheoryData<string, string, string> Prompts()
    {
        (string Value, string Code)[] prompts =
        [
            ("\"\"", "invalid_prompt"), ("\"   \"", "invalid_prompt"), ("\"\\n\\t\"", "invalid_prompt"), ("null", "invalid_prompt"), ("\"a\\u0000b\"", "invalid_prompt"),
            ("\"a\\u001b[31m\"", "invalid_prompt"), ("\"a\\u0085b\"", "invalid_prompt"), ("\"a\\u007f\"", "invalid_prompt"),
            ($"\"{new string('a', 2001)}\"", "invalid_prompt"), ($"\"{new string('a', 200_000)}\"", "invalid_prompt"),
            ("\"a\\ud800\"", "invalid_parameter"), ("\"\\udc00a\"", "invalid_parameter"), ("5", "invalid_parameter"), ("[\"a\"]", "invalid_parameter"),
            ("{\"text\":\"a\"}", "invalid_parameter"), ("true", "invalid_parameter"),
        ];
        TheoryData<string, string, string> rows = [];
        foreach ((string value, string code) in prompts)
        {
            rows.Add("/v1/images/generations", $$"""{"prompt":{{value}}}""", code);
            rows.Add("/v1/jobs", $$"""{"prompt":{{value}}}""", code);
        }

        return rows;
    }

    /// <summary>Orders for a text, with the code and the field.</summary>
    public static TheoryData<string, string, string> Texts()
    {
        const string Good = """[{"role":"user","content":"a red"}]""";
        TheoryData<string, string, string> rows = new()
        {
            { "{}", "invalid_parameter", "messages" }, { """{"messages":[]}""", "invalid_parameter", "messages" }, { """{"messages":"a"}""", "invalid_parameter", "messages" },
            { """{"messages":null}""", "invalid_parameter", "messages" }, { """{"messages":[null]}""", "invalid_parameter", "messages" },
            { """{"messages":[5]}""", "invalid_parameter", "messages" }, { """{"messages":[{"role":"system","content":"a"}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":5,"content":"a"}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":"user","content":"\ud800"}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":"user","content":[{"type":"text","text":"\udfff"}]}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":"user","content":5}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":"user","content":{"text":"a"}}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":"user","content":["a"]}]}""", "invalid_parameter", "messages" },
            { $$"""{"messages":[{{string.Join(',', Enumerable.Repeat("""{"role":"user","content":"a"}""", 257))}}]}""", "invalid_parameter", "messages" },
            { """{"messages":[{"role":"user","content":""}]}""", "invalid_prompt", "messages" }, { """{"messages":[{"role":"user"}]}""", "invalid_prompt", "messages" },
            { """{"messages":[{"role":"user","content":[]}]}""", "invalid_prompt", "messages" }, { """{"messages":[{"role":"user","content":"a\u0000"}]}""", "invalid_prompt", "messages" },
            { $$"""{"messages":[{"role":"user","content":"{{new string('a', 2001)}}"}]}""", "invalid_prompt", "messages" },
        };
        foreach ((string member, string code, string field) in new[]
        {
            ("\"max_tokens\":0", "max_tokens_out_of_range", "max_tokens"), ("\"max_tokens\":49", "max_tokens_out_of_range", "max_tokens"),
            ("\"max_tokens\":1e30", "max_tokens_out_of_range", "max_tokens"), ("\"max_completion_tokens\":2.5", "max_tokens_out_of_range", "max_completion_tokens"),
            ("\"max_tokens\":\"5\"", "invalid_parameter", "max_tokens"), ("\"temperature\":2.1", "invalid_parameter", "temperature"),
            ("\"temperature\":-0.1", "invalid_parameter", "temperature"), ("\"temperature\":1e400", "invalid_parameter", "temperature"),
            ("\"top_p\":0", "invalid_parameter", "top_p"), ("\"top_p\":1.1", "invalid_parameter", "top_p"), ("\"seed\":-1", "seed_out_of_range", "seed"),
            ("\"n\":2", "count_out_of_range", "n"), ("\"stream\":\"yes\"", "invalid_parameter", "stream"), ("\"stream\":1", "invalid_parameter", "stream"),
            ("\"stream_options\":5", "invalid_parameter", "stream_options"), ("\"stop\":5", "invalid_parameter", "stop"), ("\"stop\":{}", "invalid_parameter", "stop"),
            ("\"stop\":[\"a\",5]", "invalid_parameter", "stop"), ("\"stop\":\"\"", "invalid_parameter", "stop"), ("\"stop\":[\"\"]", "invalid_parameter", "stop"),
            ("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "invalid_parameter", "stop"), ($"\"stop\":\"{new string('a', 65)}\"", "invalid_parameter", "stop"),
            ("\"stop\":\"\\ud800\"", "invalid_parameter", "stop"), ("\"model\":\"niche-scenes\"", "unknown_model", "model"), ("\"model\":[]", "invalid_parameter", "model"),
        })
        {
            rows.Add($$"""{"messages":{{Good}},{{member}}}""", code, field);
        }

        return rows;
    }
}
