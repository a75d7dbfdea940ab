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
    public static Command Build(Option<string> models)
    {
        var pictures = BoundedOption.Create("--pictures", "Pictures to paint per number of threads.", 1, 1000, 5);
        var patience = BoundedOption.Create("--patience", "Seconds that a client waits for its picture.", 1, 600, 12);
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("bench", "Measures the image models on this machine; proposes threads, queue and volume.") { pictures, patience, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(models), parsed.GetRequiredValue(pictures), TimeSpan.FromSeconds(parsed.GetRequiredValue(patience)),
            parsed.GetValue(json), ProviderFlags.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string models, int pictures, TimeSpan patience, bool json, ProviderSettings wanted, CancellationToken cancellation)
    {
        try
        {
            using var store = new ModelStore(new EndpointOptions { ModelsDirectory = models, Only = [ModelKind.Image] }, TimeProvider.System);
            var provider = ProviderChooser.OfThisMachine().Choose(wanted);
            if (!json) Console.WriteLine(provider.Reason);
            var report = await new BenchRun(TimeProvider.System, Environment.ProcessorCount, provider.Settings).MeasureAsync(store.Served, pictures, patience, cancellation);
            if (json) Console.WriteLine(JsonSerializer.Serialize(report, BenchJson.Default.BenchReport));
            else report.Print(AnsiConsole.Console);
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
    }
}
