using System.CommandLine;
using System.Globalization;
using Niche.Bots.Terminal.Client;

namespace Niche.Local;

/// <summary><c>chat</c>: the bots in this terminal, against a running box.</summary>
internal static class ChatCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> url = new("--url") { Description = "Base address of the validator.", DefaultValueFactory = _ => "http://127.0.0.1:7071/" };
        url.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
                result.AddError("--url takes an http address, such as http://127.0.0.1:7071/.");
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
                new Uri(parsed.GetRequiredValue(url).TrimEnd('/') + "/"), SessionFile.Open(file, TimeProvider.System.GetUtcNow()), parsed.GetRequiredValue(folder),
                !parsed.GetValue(plain) && !Console.IsOutputRedirected, LocaleOf(), parsed.GetValue(transcript));
            Directory.CreateDirectory(options.Folder);
            using HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
            try
            {
                return await new TerminalChat(http, options, Console.In, Console.Out, TimeProvider.System).RunAsync(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
    }

    // The program itself knows no cultures; the terminal's variables do.
    private static string? LocaleOf() =>
        (Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LANG"))?.Split('.')[0] is { Length: > 1 } name
        && !name.StartsWith('C') ? name.ToLower(CultureInfo.InvariantCulture) : null;
}
