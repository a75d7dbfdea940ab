using System.Text.Json;
using CsCheck;
using Niche.Inference.Chat;

namespace Niche.Inference.Tests.Chat;

/// <summary>Templates in the structure of each public family against Jinja itself (<c>Fixtures/make_chat_templates.py</c>).</summary>
public sealed class ChatTemplateTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 4, 9, 5, 7, TimeSpan.Zero);
    private static readonly JsonElement Recorded = TestData.Json("Fixtures/chat-prompts.json");
    private static readonly Dictionary<string, string> Special = new() { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };

    public static TheoryData<string> Families() =>
        [.. Recorded.GetProperty("prompts").EnumerateArray().Select(row => row.GetProperty("template").GetString()!).Distinct()];

    [Theory]
    [MemberData(nameof(Families))]
    public void Prompts_are_those_of_jinja(string family)
    {
        var template = ChatTemplate.Parse(Source(family), Special);
        foreach (var row in Recorded.GetProperty("prompts").EnumerateArray().Where(row => row.GetProperty("template").GetString() == family))
        {
            var chat = Recorded.GetProperty("chats")[row.GetProperty("chat").GetInt32()];
            if (row.TryGetProperty("text", out var text))
            {
                Assert.Equal(text.GetString(), template.Render(Prompt(chat), Now));
                continue;
            }
            var error = Assert.Throws<ChatTemplateException>(() => template.Render(Prompt(chat), Now));
            Assert.Equal(row.GetProperty("code").GetString(), error.Code);
            if (row.TryGetProperty("message", out var message)) Assert.Equal(message.GetString(), error.Message);
        }
    }

    [Theory]
    [InlineData("{% include 'x' %}", "include")]
    [InlineData("{% import 'x' as y %}", "import")]
    [InlineData("{% call f(x) %}{% endcall %}", "call")]
    [InlineData("{% macro f(x) %}{{ caller() }}{% endmacro %}", "caller")]
    [InlineData("{% block b %}{% endblock %}", "block")]
    [InlineData("{% extends 'x' %}", "extends")]
    [InlineData("{% for a in b recursive %}{% endfor %}", "recursive")]
    [InlineData("{{ x | attr('y') }}", "attr")]
    [InlineData("{{ x | pprint }}", "pprint")]
    [InlineData("{{ x is sameas y }}", "sameas")]
    [InlineData("{{ x.__class__() }}", "__class__")]
    [InlineData("{{ x.append(1) }}", "append")]
    [InlineData("{{ 'a'.format(1) }}", "format")]
    [InlineData("{{ open('x') }}", "open")]
    [InlineData("{{ cycler(1) }}", "cycler")]
    [InlineData("{{ x[0](1) }}", "calling")]
    [InlineData("{{ 2 ** 3 }}", "**")]
    [InlineData("{{ range(*x) }}", "spreading")]
    public void What_is_not_offered_is_refused_by_name_before_anything_runs(string source, string named)
    {
        var error = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(source));

        Assert.Equal("template_unsupported", error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ x")]
    [InlineData("{% if x %}")]
    [InlineData("{% endif %}")]
    [InlineData("{% for x %}{% endfor %}")]
    [InlineData("{{ 'x }}")]
    [InlineData("{# x")]
    [InlineData("{{ (1 }}")]
    [InlineData("{{ 1) }}")]
    [InlineData("{{ 99999999999999999999 }}")]
    [InlineData("{{ a b }}")]
    [InlineData("{% set x %}{% break %}{% endset %}")]
    [InlineData("{% for a in b %}{% macro f() %}{% break %}{% endmacro %}{% endfor %}")]
    public void Damage_is_told_with_its_line(string source) =>
        Assert.Matches("Line 2", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("a\n" + source)).Message);

    [Theory]
    [InlineData("{% for a in range(1000000000) %}{% endfor %}")]
    [InlineData("{% for a in range(30000) %}{% for b in range(30000) %}{% endfor %}{% endfor %}")]
    [InlineData("{{ 'a' * 999999999999 }}")]
    [InlineData("{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}")]
    [InlineData("{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(29) }}")]
    [InlineData("{% set ns = namespace(x='aa') %}{% for a in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for a in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for a in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}")]
    [InlineData("{% set ns = namespace(x='a') %}{% for a in range(9) %}{% set ns.x = ns.x.replace('a', ns.x * 9) %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for a in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x == [ns.x, ns.x] }}{{ ns.x == ns.x }}")]
    [InlineData("{% set x %}{% for a in range(100000) %}0123456789012345678901234567890123456789{% endfor %}{% endset %}")]
    [InlineData("{% set a = 'a' * 300000 %}{% for i in range(200000) %}{{ (a + 'b') in (a + a) }}{% endfor %}")]
    [InlineData("{% set a = 'a' * 300000 %}{% set b = 'a' * 300000 %}{% for i in range(300000) %}{{ 'x' if a != b }}{% endfor %}")]
    public void A_hostile_template_is_stopped(string source)
    {
        var error = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(source).Render(Prompt(Recorded.GetProperty("chats")[0]), Now));

        Assert.Contains(error.Code, new[] { "template_too_costly", "template_failed" });
    }

    [Fact]
    public void Depth_is_refused_and_never_overflows_the_stack()
    {
        foreach (var source in new[]
        {
            "{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}", "{{ " + string.Concat(Enumerable.Repeat("not ", 5000)) + "1 }}", "{{ " + new string('-', 5000) + "1 }}",
            "{{ 1" + string.Concat(Enumerable.Repeat("+1", 5000)) + " }}", "{{ a" + string.Concat(Enumerable.Repeat(".b", 5000)) + " }}", "{{ a" + string.Concat(Enumerable.Repeat("|trim", 5000)) + " }}",
            string.Concat(Enumerable.Repeat("{% if 1 %}", 5000)) + string.Concat(Enumerable.Repeat("{% endif %}", 5000)), "{{ 1" + string.Concat(Enumerable.Repeat(" if 1 else 1", 5000)) + " }}",
        })
        {
            Assert.Equal("template_invalid", Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(source)).Code);
        }
        var deep = ChatTemplate.Parse("{% set ns = namespace(x=[], y=[]) %}{% for a in range(10000) %}{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}{% endfor %}{{ ns.x == ns.y }}");
        Assert.Equal("template_failed", Assert.Throws<ChatTemplateException>(() => deep.Render(Prompt(Recorded.GetProperty("chats")[0]), Now)).Code);
    }

    [Fact]
    public void A_small_stack_is_an_error_and_no_crash()
    {
        var call = "{{ f(n - 1)" + string.Concat(Enumerable.Repeat("|trim", 450)) + " }}";
        var source = "{% macro f(n) %}{% if n %}" + string.Concat(Enumerable.Repeat("{% if 1 %}", 40)) + call + string.Concat(Enumerable.Repeat("{% endif %}", 40)) + "{% endif %}{% endmacro %}{{ f(29) }}";
        var template = ChatTemplate.Parse(source);
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => template.Render(Prompt(Recorded.GetProperty("chats")[0]), Now)), 512 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal("template_too_costly", Assert.IsType<ChatTemplateException>(error).Code);
    }

    [Fact]
    public void Any_change_of_a_template_renders_or_is_refused()
    {
        var sources = Families().Select(row => Source(row.Data)).ToArray();
        var chats = Recorded.GetProperty("chats").EnumerateArray().Select(Prompt).ToArray();
        Gen.Select(Gen.Int[0, sources.Length - 1], Gen.Int[0, 5000], Gen.Int[0, 12], Gen.Char["{}%#|.()[]'\"=+-~:, aiforsetend01\n"].Array[0, 6], Gen.Int[0, chats.Length - 1]).Sample((which, place, cut, put, chat) =>
        {
            var source = sources[which];
            var at = place % source.Length;
            try
            {
                ChatTemplate.Parse(source[..at] + new string(put) + source[Math.Min(source.Length, at + cut)..], Special).Render(chats[chat], Now);
            }
            catch (ChatTemplateException)
            {
                // Refused.
            }
        }, iter: 3000);
    }

    private static string Source(string family) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"Fixtures/chat/{family}.jinja"));

    private static ChatPrompt Prompt(JsonElement chat) => new(chat.GetProperty("messages"))
    {
        AddGenerationPrompt = !chat.TryGetProperty("add_generation_prompt", out var add) || add.GetBoolean(),
        Variables = chat.EnumerateObject().Where(field => field.Name is not ("messages" or "add_generation_prompt")).ToDictionary(field => field.Name, field => field.Value),
    };
}
