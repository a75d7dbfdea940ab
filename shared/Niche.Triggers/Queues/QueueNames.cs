namespace Niche.Triggers.Queues;

/// <summary>Azure's rules for queue names, and the poison convention.</summary>
internal static class QueueNames
{
    public const string PoisonSuffix = "-poison";
    public const int MaxLength = 63;

    public static bool IsPoison(string queue) => queue.EndsWith(PoisonSuffix, StringComparison.Ordinal);

    /// <summary>The queue for messages that cannot succeed; null for a queue that is one itself.</summary>
    public static string? PoisonOf(string queue) => IsPoison(queue) ? null : queue + PoisonSuffix;

    /// <summary>What is wrong with a name; null when it is right.</summary>
    public static string? Problem(string queue)
    {
        if (queue.Length is < 3 or > MaxLength)
            return $"queue name '{queue}' must have 3 to {MaxLength} characters.";
        var previous = '-';
        foreach (var c in queue)
        {
            if (!(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || (c == '-' && previous != '-')))
                return $"queue name '{queue}' may hold a-z, 0-9 and single hyphens between them only.";
            previous = c;
        }

        return previous == '-' ? $"queue name '{queue}' must not end in a hyphen." : null;
    }
}
