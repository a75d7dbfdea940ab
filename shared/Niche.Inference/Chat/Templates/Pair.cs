namespace Niche.Inference.Chat.Templates;

/// <summary>A tuple: a list that is printed in round brackets.</summary>
internal sealed class Pair : List<object?>;
