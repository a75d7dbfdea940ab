using Spectre.Console;

namespace Niche.Cli.Terminal;

/// <summary>Asks for what must not be seen.</summary>
internal static class SecretPrompt
{
    private const int MinPassword = 8;

    /// <summary>Asks once, without echo.</summary>
    /// <exception cref="CommandException">Nobody is there to ask.</exception>
    public static Task<string> AskAsync(this Shell shell, string question, string instead, CancellationToken ct) => shell.CanAsk
        ? new TextPrompt<string>(question).Secret(null).AllowEmpty().ShowAsync(shell.Error, ct)
        : throw new CommandException(ExitCode.Wallet, "password_needed", $"{question} is needed and nobody can be asked here: {instead}.");

    /// <summary>Asks for a new password, twice.</summary>
    /// <exception cref="CommandException">The two differ, the password is too short, or nobody is there to ask.</exception>
    public static async Task<string> NewPasswordAsync(this Shell shell, string question, string instead, CancellationToken ct)
    {
        var first = await shell.AskAsync(question, instead, ct);
        if (first.Length < MinPassword)
            throw new CommandException(ExitCode.Wallet, "password_short", $"Take a password of at least {MinPassword} characters; it alone protects the key.");
        return await shell.AskAsync("The same again", instead, ct) == first
            ? first
            : throw new CommandException(ExitCode.Wallet, "password_differs", "The two passwords differ; nothing was written.");
    }
}
