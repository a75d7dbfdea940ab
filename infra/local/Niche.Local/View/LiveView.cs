using System.Globalization;
using Niche.Functions.Api;
using Niche.Local.Api;
using Niche.Local.Supervision;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Niche.Local.View;

/// <summary>The subnet at work, redrawn twice a second.</summary>
internal sealed class LiveView(BoxApi api, BoxPlan plan, IAnsiConsole console) : IBoxView
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Columns = ["uid", "miner", "score", "weight", "verified", "wrong", "late", "median", "last verdicts"];

    private long? _firstRound;

    /// <inheritdoc/>
    public Task RunAsync(Func<NetworkBody, bool> enough, CancellationToken ct) => console.Live(new Text("")).StartAsync(async live =>
    {
        while (!ct.IsCancellationRequested)
        {
            if (await api.LookAsync(ct).ConfigureAwait(false) is { } network)
            {
                live.UpdateTarget(Draw(network));
                if (enough(network)) return;
            }

            await Task.Delay(Redraw, ct).ConfigureAwait(false);
        }
    });

    private Rows Draw(NetworkBody network) => new(Head(network), Miners(network), Foot());

    private Markup Head(NetworkBody network)
    {
        string round = "waiting for the first round";
        if (network.Round is { } now)
        {
            _firstRound ??= now.Number;
            double left = Math.Max(0, (now.EndsAt - TimeProvider.System.GetUtcNow()).TotalSeconds);
            double done = now.Planned == 0 ? 0 : (double)now.Done / now.Planned;
            round = string.Create(CultureInfo.InvariantCulture,
                $"round [bold]{now.Number - _firstRound + 1}[/]  [teal]{Words.Bar(done)}[/] {now.Done}/{now.Planned} requests, {left:0} s left");
        }

        return new Markup(string.Create(CultureInfo.InvariantCulture,
            $"[bold]NicheFunctions[/] · subnet in a box · block {network.Block}\n{round}\njobs waiting: organic {network.Queues.Organic} · synthetic {network.Queues.Synthetic} · to be scored {network.Queues.Score}\n"));
    }

    private Table Miners(NetworkBody network)
    {
        Table table = new() { Border = TableBorder.Rounded, Expand = false };
        foreach (string column in Columns) table.AddColumn(new TableColumn(column).NoWrap());
        foreach (NetworkMiner miner in network.Miners)
        {
            table.AddRow(new IRenderable[]
            {
                new Text(miner.Uid.ToString(CultureInfo.InvariantCulture)),
                new Markup($"{Name(miner)} [grey]{Words.Short(miner.Hotkey)}[/]{(miner.Status == "online" ? "" : " [red]offline[/]")}"),
                new Markup(miner.Score is { } score ? $"[teal]{Words.Bar(score)}[/] {score.ToString("0.00", CultureInfo.InvariantCulture)}" : "[grey]not yet[/]"),
                new Markup($"[gold1]{Words.Bar(miner.Weight)}[/] {Words.Percent(miner.Weight)}"),
                new Text(Count(miner, "verified")), new Text(Count(miner, "wrong")), new Text(Count(miner, "late")),
                new Text(miner.MedianMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms") : "–"),
                new Markup(string.Join(' ', miner.Recent.Take(8).Select(Mark))),
            });
        }

        return table;
    }

    private Markup Foot() => new(
        $"[green]✓[/] verified  [red]✗[/] wrong  [yellow]~[/] late or busy  [grey]·[/] not compared\n\nStudio [link]{plan.Api}[/]   API [link]{plan.Api}openapi.json[/]   [grey]Ctrl+C stops everything[/]");

    private string Name(NetworkMiner miner) => plan.NameOf(miner.Hotkey) switch
    {
        "honest" => "[green]honest[/]",
        { } attack => $"[red]{Markup.Escape(attack)}[/]",
        null => "[grey]stranger[/]",
    };

    private static string Count(NetworkMiner miner, string outcome) =>
        miner.Counts.GetValueOrDefault(outcome).ToString(CultureInfo.InvariantCulture);

    private static string Mark(RecentVerdict verdict) => verdict.Outcome switch
    {
        VerdictOutcome.Verified => "[green]✓[/]",
        VerdictOutcome.Wrong or VerdictOutcome.Invalid => "[red]✗[/]",
        VerdictOutcome.Unverified => "[grey]·[/]",
        _ => "[yellow]~[/]",
    };
}
