using System.Globalization;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handlers;

/// <summary><c>/models</c>: what can be asked for, by whom it is served, and what it does well.</summary>
public sealed class ModelsHandler(SubnetPolicy policy, INetworkFacts network) : ICommandHandler
{
    private const int MaxSuggestions = 2;

    /// <inheritdoc/>
    public string Name => CommandNames.Models;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        List<ViewField> fields = [];
        foreach (ModelPolicy model in policy.Models.Take(12))
        {
            int serving = await network.CountServingAsync(model.Name, ct).ConfigureAwait(false);
            RichText text = visit.Words.Say("models.serving", Filling.Of("n", serving)).Append(RichText.Plain("\n" + Ranges(model)));
            if (model.Pipelines.Contains(JobRequestValidator.FromPicture)) text = text.Append(RichText.Plain("\n")).Append(FromPicture(visit.Words));
            foreach (string prompt in (await network.SuggestAsync(model.Name, ct).ConfigureAwait(false)).Take(MaxSuggestions))
                text = text.Append(new RichText([new Span("\n"), new Span(prompt, SpanStyle.Italic)]));
            fields.Add(new ViewField(model.Name, text));
        }

        await visit.AnswerAsync(new View { Title = visit.Words.Line("models.title"), Fields = fields }, ct).ConfigureAwait(false);
    }

    private static RichText FromPicture(Words words) => words.Say(
        "models.pictures", Filling.Of("min", JobRequestValidator.Strengths.Min), Filling.Of("max", JobRequestValidator.Strengths.Max));

    private static string Ranges(ModelPolicy model) => model.Kind == ModelKind.Image
        ? string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", model.Sizes)} · --steps {model.Steps!.Min}–{model.Steps.Max} · --guidance {model.Guidance!.Min}–{model.Guidance.Max} · --count 1–{model.MaxCount}")
        : string.Create(CultureInfo.InvariantCulture, $"/chat · {model.MaxTokens!.Max} tokens");
}
