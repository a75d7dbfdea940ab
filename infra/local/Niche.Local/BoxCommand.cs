using System.Diagnostics;
using System.Globalization;
using Niche.Functions.Api;
using Niche.Local.Api;
using Niche.Local.Supervision;
using Niche.Local.View;
using Spectre.Console;

namespace Niche.Local;

/// <summary>The command itself: start, show or paint, stop.</summary>
internal static class BoxCommand
{
    /// <summary>Runs the box.</summary>
    /// <returns>The exit code: 0 when all went as asked for, also after Ctrl+C in the live view.</returns>
    public static async Task<int> RunAsync(BoxOptions options, CancellationToken ct)
    {
        try
        {
            using DataFolder data = DataFolder.Open(options.DataFolder);
            Stopwatch clock = Stopwatch.StartNew();
            await using Box box = await Box.StartAsync(options, data, ct).ConfigureAwait(false);
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            Task watching = box.WatchAsync(data, stop.Token);
            Task working = WorkAsync(options, box, clock, stop.Token);
            Task first = await Task.WhenAny(watching, working).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await first.ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return options.Prompt is null ? 0 : 130;
        }
        catch (Exception e) when (e is BoxException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task WorkAsync(BoxOptions options, Box box, Stopwatch clock, CancellationToken ct)
    {
        using BoxApi api = new(box.Plan.Api);
        await WaitAsync(api, ct).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ready after {clock.Elapsed.TotalSeconds:0.0} s. Studio: {box.Plan.Api}  Ledger: {box.Plan.Ledger}"));
        if (options.Prompt is { } prompt) await PaintAsync(api, box.Plan, prompt, options, clock, ct).ConfigureAwait(false);
        if (options.Prompt is null || options.Rounds > 0) await ShowAsync(api, box.Plan, options, ct).ConfigureAwait(false);
    }

    private static async Task WaitAsync(BoxApi api, CancellationToken ct)
    {
        string said = "";
        await api.WaitReadyAsync(
            missing =>
            {
                if (missing != said) Console.WriteLine(said = missing);
            },
            ct).ConfigureAwait(false);
    }

    private static async Task PaintAsync(BoxApi api, BoxPlan plan, string prompt, BoxOptions options, Stopwatch clock, CancellationToken ct)
    {
        (byte[] png, ReceiptView receipt) = await api.PaintAsync(prompt, options.Seed, ct).ConfigureAwait(false);
        string file = Path.GetFullPath(options.OutFile!);
        await File.WriteAllBytesAsync(file, png, ct).ConfigureAwait(false);
        Console.WriteLine(ReceiptText.Of(receipt, plan, options.OutFile!));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first picture {clock.Elapsed.TotalSeconds:0.0} s after the start"));
    }

    private static Task ShowAsync(BoxApi api, BoxPlan plan, BoxOptions options, CancellationToken ct)
    {
        bool live = !options.Plain && AnsiConsole.Profile.Out.IsTerminal;
        IBoxView view = live ? new LiveView(api, plan, AnsiConsole.Console) : new PlainView(api, plan, Console.Out);
        long? first = null;
        return view.RunAsync(
            network =>
            {
                if (network.Round is not { } round) return false;
                first ??= round.Number;
                return options.Rounds > 0 && round.Number - first >= options.Rounds;
            },
            ct);
    }
}
