namespace Niche.Inference.Chat.Templates;

/// <summary>A <c>namespace(...)</c>: values that a loop may change.</summary>
internal sealed class NameSpace
{
    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);
}
