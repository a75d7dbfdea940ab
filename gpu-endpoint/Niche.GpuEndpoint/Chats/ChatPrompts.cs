using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Niche.Inference.Chat;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Chats;

/// <summary>Turns chats into prompts by the template of the model; each template is read once.</summary>
internal sealed class ChatPrompts(TimeProvider time)
{
    private readonly ConditionalWeakTable<ModelFolder, Entry> _templates = [];

    /// <summary>The prompt; null for a model that has no template.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="chat">A checked chat.</param>
    /// <exception cref="ChatTemplateException">The template cannot be used, or not for this chat.</exception>
    public string? Of(ModelFolder folder, ChatPrompt chat)
    {
        var entry = _templates.GetValue(folder, Read);
        entry.Error?.Throw();
        return entry.Template?.Render(chat, time.GetUtcNow());
    }

    // A template that is not supported says so to everybody who asks, and leaves completions alone.
    private static Entry Read(ModelFolder folder)
    {
        try
        {
            return new Entry(ChatTemplate.Load(folder), null);
        }
        catch (ChatTemplateException e)
        {
            return new Entry(null, ExceptionDispatchInfo.Capture(e));
        }
    }

    private sealed record Entry(ChatTemplate? Template, ExceptionDispatchInfo? Error);
}
