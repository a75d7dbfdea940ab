using System.Text.Json;
using Niche.Bittensor.Synapses;
using Spectre.Console;

namespace Niche.Cli.Terminal;

/// <summary>What a command has of the world: input, results on the output, everything else on the error output, environment, clock.</summary>
internal sealed class Shell
{
    private static readonly JsonSerializerOptions Json = new(SynapseJson.Options) { WriteIndented = true };

    private const int PipeWidth = 400;

    private Shell(TextReader input, IAnsiConsole output, IAnsiConsole error, bool canAsk, Func<string, string?> environment, TimeProvider time) =>
        (Input, Output, Error, CanAsk, Environment, Time) = (input, output, error, canAsk, environment, time);

    public TextReader Input { get; }

    /// <summary>Results for people.</summary>
    public IAnsiConsole Output { get; }

    /// <summary>Questions, warnings and errors: never mixed into results.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>Somebody sits at the keyboard.</summary>
    public bool CanAsk { get; }

    public Func<string, string?> Environment { get; }

    public TimeProvider Time { get; }

    /// <summary>The terminal of this process. A pipe gets neither colours nor cut columns.</summary>
    public static Shell OfProcess() => new(
        Console.In, Terminal(Console.Out, Console.IsOutputRedirected), Terminal(Console.Error, Console.IsErrorRedirected), !Console.IsInputRedirected,
        System.Environment.GetEnvironmentVariable, TimeProvider.System);

    /// <summary>A result for programs: one JSON document, snake_case.</summary>
    public void Write<T>(T result) => Line(JsonSerializer.Serialize(result, Json));

    /// <summary>One of several results: a JSON document on one line.</summary>
    public void Event<T>(T result) => Line(JsonSerializer.Serialize(result, SynapseJson.Options));

    /// <summary>What the following table shows.</summary>
    public void Title(string text) => Output.Write(new Text(Words.Clean(text) + "\n", new Style(decoration: Decoration.Bold)));

    /// <summary>What helps to read the table before it.</summary>
    public void Note(string text) => Output.Write(new Text(Words.Clean(text) + "\n", new Style(Color.Grey)));

    /// <summary>A line as it is, without colours and without breaking it.</summary>
    public void Line(string text) => Output.Profile.Out.Writer.WriteLine(text);

    /// <summary>A word of warning, not part of the result.</summary>
    public void Warn(string text) => Error.Write(new Text(Words.Clean(text) + "\n", new Style(Color.Yellow)));

    /// <summary>The last word of a command that failed.</summary>
    public void Fail(string code, string message, bool json)
    {
        if (json) Error.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(new { error = new { code, message } }, SynapseJson.Options));
        else Error.Profile.Out.Writer.WriteLine("niche: " + Words.Clean(message));
    }

    private static IAnsiConsole Terminal(TextWriter writer, bool piped)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (piped) console.Profile.Width = PipeWidth;
        return console;
    }
}
