using Niche.Bots.Outgoing;

namespace Niche.Bots.Platforms;

/// <summary>What a transport tells its platform at once.</summary>
public abstract record Acknowledgement
{
    private Acknowledgement()
    {
    }

    /// <summary>The answer follows as a message of its own (Discord: type 5; Telegram: nothing, or a chat action).</summary>
    /// <param name="Private">Only the person who asked will see it (Discord: flag EPHEMERAL).</param>
    public sealed record Later(bool Private) : Acknowledgement;

    /// <summary>The answer changes the message that the button is on (Discord: type 6; Telegram: answerCallbackQuery).</summary>
    public sealed record InPlace : Acknowledgement;

    /// <summary>A form has to be shown now (Discord: type 9). Only on platforms with <see cref="PlatformLimits.Forms"/>.</summary>
    /// <param name="Form">The form.</param>
    public sealed record Ask(Form Form) : Acknowledgement;

    /// <summary>Suggestions for an option (Discord: type 8), at most 25.</summary>
    /// <param name="Items">Label and value are the same: 1 to 100 characters.</param>
    public sealed record Suggest(IReadOnlyList<string> Items) : Acknowledgement;

    /// <summary>Answers of inline mode, at most 10.</summary>
    /// <param name="Answers">The answers.</param>
    public sealed record Inline(IReadOnlyList<InlineAnswer> Answers) : Acknowledgement;

    /// <summary>Nothing to say: not for us.</summary>
    public sealed record Nothing : Acknowledgement;
}
