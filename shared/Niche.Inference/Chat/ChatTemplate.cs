using System.Text.Json;
using Niche.Inference.Chat.Templates;
using Niche.Inference.Models;

namespace Niche.Inference.Chat;

/// <summary>
/// A model's own <c>chat_template</c>: the part of Jinja that the templates of the public model families use, run as their library runs it
/// (<c>trim_blocks</c>, <c>lstrip_blocks</c>, loop controls). Everything else is refused by name when it is read, and a rendering has limits on work and
/// on length. Safe to call from many threads.
/// </summary>
public sealed class ChatTemplate
{
    private const int LongestSource = 1 << 18;
    private const int LongestPrompt = 1 << 20;
    private const long Units = 1 << 24;
    private static readonly string[] SpecialTokens = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];
    private readonly Statement _body;
    private readonly IReadOnlyDictionary<string, string> _special;

    private ChatTemplate(Statement body, IReadOnlyDictionary<string, string> special) => (_body, _special) = (body, special);

    /// <summary>Reads a template.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="special">Names such as <c>bos_token</c> with what they look like; null for none.</param>
    /// <exception cref="ChatTemplateException">Damaged (<c>template_invalid</c>) or not offered (<c>template_unsupported</c>, with its name).</exception>
    public static ChatTemplate Parse(string source, IReadOnlyDictionary<string, string>? special = null)
    {
        if (source.Length > LongestSource) throw new ChatTemplateException("template_unsupported", $"A chat template of more than {LongestSource} characters is not supported.");
        return new ChatTemplate(new TemplateParser(TemplateLexer.Read(source)).Read(), special ?? new Dictionary<string, string>());
    }

    /// <summary>
    /// Reads the template of a model: <c>chat_template.jinja</c>, else <c>chat_template</c> of <c>tokenizer_config.json</c> (the one named
    /// <c>default</c> where there are several).
    /// </summary>
    /// <param name="folder">A verified folder.</param>
    /// <returns>Null for a model that has none.</returns>
    /// <exception cref="ChatTemplateException">As <see cref="Parse"/>.</exception>
    /// <exception cref="ModelFolderException"><c>tokenizer_config.json</c> is no JSON.</exception>
    public static ChatTemplate? Load(ModelFolder folder)
    {
        var files = folder.Manifest.Files;
        var config = files.ContainsKey("tokenizer_config.json") ? folder.ReadJson("tokenizer_config.json") : default;
        try
        {
            var source = files.ContainsKey("chat_template.jinja") ? ReadFile(folder.PathOf("chat_template.jinja")) : Source(config);
            return source is null ? null : Parse(source, Special(config));
        }
        catch (InvalidOperationException e)
        {
            throw new ChatTemplateException("template_invalid", "tokenizer_config.json escapes half of a surrogate pair, which is no text.", e);
        }
    }

    /// <summary>The prompt of a chat.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="now">The moment that a template may name.</param>
    /// <exception cref="ChatTemplateException">The template refuses the chat, fails over it, or runs past its limits.</exception>
    public string Render(ChatPrompt chat, DateTimeOffset now)
    {
        var (scope, budget) = (new Scope(null), new Budget(Units));
        foreach (var name in Functions.Names) scope.Set(name, new Method(null, name));
        foreach (var (name, text) in _special) scope.Set(name, text);
        foreach (var (name, value) in chat.Variables) scope.Set(name, Values.Of(value, budget));
        scope.Set("messages", Values.Of(chat.Messages, budget));
        scope.Set("add_generation_prompt", chat.AddGenerationPrompt);
        // A template may name these without asking whether they are there.
        foreach (var name in new[] { "tools", "documents" }) if (scope.Get(name) is Undefined) scope.Set(name, null);
        var run = new Rendering(scope, budget, LongestPrompt, now);
        _body.Run(run);
        return run.Out.ToString();
    }

    private static string ReadFile(string path) => new FileInfo(path).Length <= 4 * LongestSource
        ? File.ReadAllText(path)
        : throw new ChatTemplateException("template_unsupported", $"{path} is larger than {4 * LongestSource} bytes.");

    private static string? Source(JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty("chat_template", out var template)) return null;
        if (template.ValueKind != JsonValueKind.Array) return template.ValueKind == JsonValueKind.String ? template.GetString() : null;
        var named = template.EnumerateArray().FirstOrDefault(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name)
            && name.ValueKind == JsonValueKind.String && name.GetString() == "default");
        return named.ValueKind == JsonValueKind.Object && named.TryGetProperty("template", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : throw new ChatTemplateException("template_unsupported", "A list of chat templates without one that is named 'default' is not supported.");
    }

    private static Dictionary<string, string> Special(JsonElement config)
    {
        var special = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in SpecialTokens)
        {
            if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(name, out var token)) continue;
            if (token.ValueKind == JsonValueKind.Object && token.TryGetProperty("content", out var content)) token = content;
            if (token.ValueKind == JsonValueKind.String) special[name] = token.GetString()!;
        }
        return special;
    }
}
