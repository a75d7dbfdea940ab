using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Niche.Bots.Parsing;
using Niche.Bots.People;
using Niche.Bots.Platforms;

namespace Niche.Bots.Handling;

/// <summary>
/// What an event is told at once. Depends on the event, the person and nothing else, so that whoever answers later knows what was promised.
/// </summary>
internal static class Promises
{
    /// <summary>The promise for an event.</summary>
    public static Acknowledgement For(BotEvent happened, CommandBook book, Person person, ButtonId? button) => happened switch
    {
        CommandEvent command => new Acknowledgement.Later(IsPrivate(command, book, person)),
        MessageCommandEvent command => new Acknowledgement.Later(
            book.MessageCommands.FirstOrDefault(known => known.Name == command.Name)?.Answers != AnswerScope.Everybody || person.Private),
        ButtonEvent or FormEvent => For(button?.Action, person),
        TextEvent => new Acknowledgement.Later(false),
        _ => new Acknowledgement.Nothing(),
    };

    private static Acknowledgement For(ButtonAction? action, Person person) => action switch
    {
        ButtonAction.Delete or ButtonAction.Cancel or ButtonAction.History or ButtonAction.Favorites or ButtonAction.Setting or ButtonAction.None
            => new Acknowledgement.InPlace(),
        ButtonAction.Info or ButtonAction.Favorite or ButtonAction.Account or null => new Acknowledgement.Later(true),
        _ => new Acknowledgement.Later(person.Private),
    };

    private static bool IsPrivate(CommandEvent command, CommandBook book, Person person)
    {
        if (book.Find(command.Name) is not { Answers: AnswerScope.Everybody } spec) return true;
        string? written = command.Options.GetValueOrDefault("private");
        if (written is null && command.Text.Length > 0 && spec.Find("private") is not null)
            written = CommandLine.Read(spec, command.Text).Values.GetValueOrDefault("private");
        return (written is null ? null : OptionReader.FlagOf(written)) ?? person.Private;
    }
}
