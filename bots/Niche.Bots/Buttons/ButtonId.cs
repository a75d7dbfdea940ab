namespace Niche.Bots.Buttons;

/// <summary>What a button means.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Subject">What it does it to: a job id, or an argument of the action; at most <see cref="MaxSubject"/> characters a-z, 0-9 and <c>. - _ =</c>.</param>
/// <param name="Index">Which picture, 0 to 9.</param>
public sealed record ButtonId(ButtonAction Action, string Subject, int Index = 0)
{
    /// <summary>Longest subject.</summary>
    public const int MaxSubject = 40;
}
