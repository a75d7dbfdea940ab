using Niche.Subnet.Policy;

namespace Niche.Bots.Talks;

/// <summary>What a text model is given: the new words, and before them as many of the last turns as its prompt has room for.</summary>
internal static class TalkPrompt
{
    /// <summary>Makes the prompt; the new words themselves are never cut here, the validator says when they are too long.</summary>
    public static string Of(ModelPolicy model, IReadOnlyList<Turn> newestFirst, string said)
    {
        string prompt = said;
        foreach (Turn turn in newestFirst)
        {
            string longer = $"{turn.Said} {turn.Answered} {prompt}";
            if (longer.Length > model.MaxPromptCharacters) break;
            prompt = longer;
        }

        return prompt;
    }
}
