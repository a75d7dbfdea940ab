using System.CommandLine;
using System.Globalization;

namespace Niche.Bots.Terminal.Client;

/// <summary>The command <c>chat</c>: the bots in a terminal, against a running validator.</summary>
public static class ChatCommand
{
    private const string Local = "http://127.0.0.1:7071/";

    /// <summary>Makes the command for a program.</summary>
    /// <param name="input">Lines of the person.</param>
    /// <param name="output">What they see.</param>
    /// <param name="color">The terminal shows colours.</param>
    /// <param name="environment">Variables of the process, for the language.</param>
    /// <param name="time">The clock.</param>
    public static Command Create(TextReader input, TextWriter output, bool color, Func<string, string?> environment, TimeProvider time)
    {
        Option<string> url = new("--url") { Description = "Base address of the validator.", DefaultValueFactory = _ => Local };
        url.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
                result.AddError($"--url takes an http address, such as {Local}.");
        });
        Option<string> folder = new("--out") { Description = "Folder that pictures are saved to.", DefaultValueFactory = _ => "." };
        Option<string?> session = new("--session") { Description = "File that keeps who you are; the default lies in your settings folder." };
        Option<string?> transcript = new("--transcript") { Description = "HTML file that the conversation is written to at the end." };
        Option<bool> plain = new("--plain") { Description = "No colours and no drawn pictures." };
        Command command = new("chat", "Try the Discord and Telegram bots in this terminal, without any token: /imagine, /chat, /help.") { url, folder, session, transcript, plain };
        command.SetAction(async (parsed, ct) =>
        {
            string file = parsed.GetValue(session)
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "niche", "terminal-session.txt");
            ChatOptions options = new(
                new Uri(parsed.GetRequiredValue(url).TrimEnd('/') + "/"), SessionFile.Open(file, time.GetUtcNow()), parsed.GetRequiredValue(folder),
                color && !parsed.GetValue(plain), LocaleOf(environment), parsed.GetValue(transcript));
            Directory.CreateDirectory(options.Folder);
            using HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
            try
            {
                return await new TerminalChat(http, options, input, output, time).RunAsync(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
    }

    // The program itself knows no cultures; the terminal's variables do.
    private static string? LocaleOf(Func<string, string?> environment) =>
        (environment("LC_ALL") ?? environment("LANG"))?.Split('.')[0] is { Length: > 1 } name && !name.StartsWith('C')
            ? name.ToLower(CultureInfo.InvariantCulture) : null;
}
