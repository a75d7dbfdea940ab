namespace Niche.Cli.Terminal;

/// <summary>A command that can not go on: one line that says what to do, and the exit code.</summary>
internal sealed class CommandException(int exitCode, string code, string message) : Exception(message)
{
    /// <summary>See <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode => exitCode;

    /// <summary>The kind of fault, for programs.</summary>
    public string Code => code;
}
