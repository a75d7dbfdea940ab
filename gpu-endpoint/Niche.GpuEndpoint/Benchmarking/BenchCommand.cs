using System.CommandLine;
using System.Text.Json;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Providers;
using Niche.Inference.Models;
using Niche.Inference.Providers;
using Spectre.Console;

namespace Niche.GpuEndpoint.Benchmarking;

/// <summary><c>bench</c>: measures this machine and proposes how to run the endpoint on it.</summary>
internal static class BenchCommand
{
    private const int WidthOfFiles = 160;

    public static Command Build(Option<string> models)
    {
        var pictures = BoundedOption.Create("--pictures", "Pictures to paint per number of threads.", 1, 1000, 5);
        var patience = BoundedOption.Create("--patience", "Seconds that a client waits for its picture.", 1, 600, 12);
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var only = new Argument<string[]>("model") { Description = "Image models to measure; all of the folder where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("bench", "Measures image models on this machine; proposes threads, queue, batch and the volume to promise.") { only, pictures, patience, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(models), parsed.GetValue(only) ?? [], parsed.GetRequiredValue(pictures), TimeSpan.FromSeconds(parsed.GetRequiredValue(patience)),
            parsed.GetValue(json), ProviderFlags.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string models, string[] only, int pictures, TimeSpan patience, bool json, ProviderSettings wanted, CancellationToken cancellation)
    {
        try
        {
            using var store = new ModelStore(new EndpointOptions { ModelsDirectory = models, Only = [ModelKind.Image] }, TimeProvider.System);
            ModelFolder[] chosen = [.. store.Served.Where(model => only.Length == 0 || only.Contains(model.Manifest.Name))];
            var unknown = only.Except(chosen.Select(model => model.Manifest.Name)).ToArray();
            if (unknown.Length > 0 || chosen.Length == 0)
            {
                await Console.Error.WriteLineAsync(unknown.Length > 0 ? $"model_unknown: {models} has no image model {string.Join(", ", unknown)}" : $"models_missing: {models} has no image models; set --models");
                return 1;
            }
            var provider = ProviderChooser.OfThisMachine().Choose(wanted);
            if (!json) Console.WriteLine(provider.Reason);
            var report = await new BenchRun(TimeProvider.System, Environment.ProcessorCount, provider.Settings).MeasureAsync(chosen, pictures, patience, cancellation);
            if (json) Console.WriteLine(JsonSerializer.Serialize(report, BenchJson.Default.BenchReport));
            else report.Print(Screen());
            return 0;
        }
        catch (ProviderException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
        catch (ModelFolderException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
        catch (InferenceException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
    }

    // A file or a pipe has no width; a table that is cut to a guess can not be read.
    private static IAnsiConsole Screen()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = WidthOfFiles;
        return console;
    }
}
