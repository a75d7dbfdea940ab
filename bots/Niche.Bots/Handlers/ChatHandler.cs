using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Moderation;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;
using Niche.Bots.Talks;
using Niche.Bots.Texts;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handlers;

/// <summary><c>/chat</c>: a text from a miner, shown while it is written; the thread is remembered.</summary>
public sealed class ChatHandler(
    TalkStore talks, IWriting writing, ModerationBoard moderation, HouseStore house, AccountRules rules, SubnetPolicy policy, TimeProvider time) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Chat;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        if (input.Options.Flag("new") == true) await talks.ForgetAsync(visit.Happened, ct).ConfigureAwait(false);
        await TalkAsync(visit, input.Options.Text("text")!, ct).ConfigureAwait(false);
    }

    /// <summary>Answers what a person said.</summary>
    public async Task TalkAsync(Visit visit, string said, CancellationToken ct)
    {
        TalkStep step = await talks.StepAsync(visit.Happened, ct).ConfigureAwait(false);
        TalkWriter writer = new(visit, time) { Message = step.Message };
        if (step.Text is { } finished)
        {
            // A predecessor wrote it all and died before it could say so.
            await writer.EndAsync(Finished(said, finished, visit), ct).ConfigureAwait(false);
            return;
        }

        (JobRequest? request, Notice? refusal) = await PrepareAsync(visit, said, ct).ConfigureAwait(false);
        if (request is null)
        {
            await visit.RefuseAsync([refusal!], ct).ConfigureAwait(false);
            return;
        }

        await writer.BeginAsync(said, ct).ConfigureAwait(false);
        await talks.SetStepAsync(visit.Happened, new TalkStep(writer.Message, null), ct).ConfigureAwait(false);
        NicheError? error = await WriteAsync(writer, request, said, ct).ConfigureAwait(false);
        string text = writer.Text;
        if (error is not null)
        {
            // A model that only continues beginnings adds nothing to a whole sentence; people must be told what does work.
            RichText why = visit.Words.Say(text.Length == 0 && error.Code == ErrorCodes.MinersFailed ? new Notice("chat.nothing") : Notice.Of(error));
            await writer.EndAsync(new View { Body = text.Length == 0 ? why : TalkWriter.Body(said, text + "\n").Append(why), Tone = Tone.Warning, Private = visit.IsPrivate }, ct)
                .ConfigureAwait(false);
            return;
        }

        await talks.SetStepAsync(visit.Happened, new TalkStep(writer.Message, text), ct).ConfigureAwait(false);
        await talks.AddAsync(visit.Happened, new Turn(said, text), ct).ConfigureAwait(false);
        await writer.EndAsync(Finished(said, text, visit), ct).ConfigureAwait(false);
    }

    private async Task<NicheError?> WriteAsync(TalkWriter writer, JobRequest request, string said, CancellationToken ct)
    {
        await foreach (WrittenPiece piece in writing.WriteAsync(TimeOrderedId.Create(time.GetUtcNow()), request, ct).ConfigureAwait(false))
        {
            if (piece.Error is not null) return piece.Error;
            await writer.AddAsync(said, piece.Text, ct).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<(JobRequest? Request, Notice? Refusal)> PrepareAsync(Visit visit, string said, CancellationToken ct)
    {
        if ((await house.GetAsync(ct).ConfigureAwait(false)).Draining) return (null, new Notice("house.draining"));
        if (policy.Models.FirstOrDefault(one => one.Kind == ModelKind.Text) is not { } model) return (null, new Notice("chat.no-model"));
        Judgement words = await moderation.JudgePromptAsync(said, ct).ConfigureAwait(false);
        if (words != Judgement.Fine) return (null, new Notice(words == Judgement.Adult ? "error.adult" : "error.denied-words"));
        IReadOnlyList<Turn> turns = await talks.ReadAsync(visit.Happened, ct).ConfigureAwait(false);
        JobDraft draft = new() { Kind = JobKind.Text, Model = model.Name, Prompt = TalkPrompt.Of(model, turns, said) };
        Result<JobRequest> request = JobRequestValidator.Validate(draft, policy, time.GetUtcNow().UtcTicks % 1_000_000);
        if (!request.IsSuccess) return (null, new Notice("chat.too-long", Filling.Of("max", model.MaxPromptCharacters)));
        TimeSpan? wait = await rules.TakeTextAsync(visit.Account, visit.Person.AccountId, visit.Happened.Id, ct).ConfigureAwait(false);
        return wait is { } rest
            ? (null, new Notice("error.quota", Filling.Of("max", AccountRules.TextsPerHour), Filling.Of("time", visit.Words.Time(rest))))
            : (request.Value, null);
    }

    private static View Finished(string said, string text, Visit visit) => new() { Body = TalkWriter.Body(said, text), Tone = Tone.Good, Private = visit.IsPrivate };
}
