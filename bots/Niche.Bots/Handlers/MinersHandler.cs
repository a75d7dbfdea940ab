using System.Globalization;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;

namespace Niche.Bots.Handlers;

/// <summary><c>/miners</c>: who works and how well it is believed.</summary>
public sealed class MinersHandler(INetworkFacts network) : ICommandHandler
{
    private const int MaxShown = 20;

    /// <inheritdoc/>
    public string Name => CommandNames.Miners;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        NetworkFacts facts = await network.ReadAsync(ct).ConfigureAwait(false);
        IEnumerable<string> lines = facts.Miners.OrderByDescending(miner => miner.Weight).Take(MaxShown).Select(Line);
        RichText table = new([new Span(string.Join('\n', lines.Prepend("uid  on  score   weight    time  models")), SpanStyle.Code)]);
        await visit.AnswerAsync(
            new View
            {
                Title = visit.Words.Line("miners.title"),
                Body = facts.Miners.Count == 0 ? visit.Words.Say("miners.none") : table,
            },
            ct).ConfigureAwait(false);
    }

    private static string Line(MinerFacts miner)
    {
        string online = miner.Online ? "●" : "○", score = miner.Score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
        return string.Create(
            CultureInfo.InvariantCulture, $"{miner.Uid,3}  {online}   {score,5}  {miner.Weight * 100,6:0.0}%  {Time(miner),6}  {string.Join(' ', miner.Models)}");
    }

    private static string Time(MinerFacts miner) =>
        miner.MedianMilliseconds is { } ms ? (ms / 1000).ToString("0.0", CultureInfo.InvariantCulture) + "s" : "–";
}
