using System.CommandLine;
using System.Text;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary>The message of sign and verify: text, or bytes in hexadecimal or from a file.</summary>
internal sealed class Message(string verb)
{
    private const int MaxBytes = 64 << 20;

    private readonly Argument<string?> _text = new("message") { Description = "The text. Leave it out with --file.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _hex = new("--hex") { Description = "The message is 0x hexadecimal: its bytes." };
    private readonly Option<FileInfo?> _file = new("--file") { Description = $"{verb} the bytes of this file." };

    public void AddTo(Command command)
    {
        command.Add(_text);
        command.Add(_hex);
        command.Add(_file);
    }

    /// <summary>True for bytes, which could be something else than they seem.</summary>
    public bool IsBinary(ParseResult parsed) => parsed.GetValue(_hex) || parsed.GetValue(_file) is not null;

    /// <exception cref="CommandException">None or two messages, or one that can not be read.</exception>
    public byte[] Read(ParseResult parsed) => (parsed.GetValue(_text), parsed.GetValue(_file)) switch
    {
        ({ } text, null) when parsed.GetValue(_hex) => Hex(text, "message"),
        ({ } text, null) => Encoding.UTF8.GetBytes(text),
        (null, { } file) => !file.Exists ? throw Usage($"There is no file {file.FullName}.")
            : file.Length > MaxBytes ? throw Usage($"{file.FullName} has more than 64 MiB.")
            : File.ReadAllBytes(file.FullName),
        _ => throw Usage("Give a message, or --file."),
    };

    /// <summary>Bytes of hexadecimal text, with 0x or without.</summary>
    /// <exception cref="CommandException">Not hexadecimal.</exception>
    public static byte[] Hex(string text, string what)
    {
        try
        {
            return Convert.FromHexString(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text);
        }
        catch (FormatException)
        {
            throw Usage($"The {what} is no hexadecimal text.");
        }
    }

    private static CommandException Usage(string message) => new(ExitCode.Usage, "usage", message);
}
