using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handlers;

/// <summary><c>/help</c>: every command in a line, and prompts that work.</summary>
public sealed class HelpHandler(CommandBook book, INetworkFacts network, SubnetPolicy policy) : ICommandHandler
{
    private const int MaxSuggestions = 3;

    /// <inheritdoc/>
    public string Name => CommandNames.Help;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        List<Span> spans = [.. visit.Words.Say("help.intro").Spans, new Span("\n")];
        foreach (CommandSpec command in book.Commands.Where(command => !command.ForOperators || visit.IsOperator))
        {
            spans.Add(new Span("\n/" + command.Name, SpanStyle.Bold));
            spans.Add(new Span(" — " + (command.Description.GetValueOrDefault(visit.Words.Language.Tag) ?? command.Description["en"])));
        }

        IReadOnlyList<string> prompts = await network.SuggestAsync(policy.Models[0].Name, ct).ConfigureAwait(false);
        if (prompts.Count > 0) spans.AddRange([new Span("\n\n"), .. visit.Words.Say("help.try").Spans]);
        foreach (string prompt in prompts.Take(MaxSuggestions)) spans.AddRange([new Span("\n"), new Span($"/imagine {prompt} --count 4", SpanStyle.Code)]);
        await visit.AnswerAsync(new View { Title = visit.Words.Line("help.title"), Body = new RichText(spans), Private = true }, ct).ConfigureAwait(false);
    }
}
