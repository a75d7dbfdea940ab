namespace Niche.Bots.Commands;

/// <summary>Every command of the bot: what platforms register, what parsers accept, what help shows. One list for all of them.</summary>
/// <param name="Commands">Commands by importance.</param>
/// <param name="MessageCommands">Commands of a message's menu.</param>
public sealed record CommandBook(IReadOnlyList<CommandSpec> Commands, IReadOnlyList<MessageCommand> MessageCommands)
{
    /// <summary>The command of this name (any case), or null.</summary>
    public CommandSpec? Find(string name) => Commands.FirstOrDefault(command => command.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
