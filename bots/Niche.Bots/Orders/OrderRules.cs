using Niche.Bots.Handling;
using Niche.Bots.Moderation;
using Niche.Bots.Operation;
using Niche.Bots.People;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Orders;

/// <summary>Whether an order may be placed: the house, the words, the channel, the miners there are, what is open already, the quotas.</summary>
public sealed class OrderRules(
    HouseStore house, ModerationBoard moderation, INetworkFacts network, AccountRules account, QuotaStore quotas, AuditLog audit, SubnetPolicy policy)
{
    /// <summary>Checks an order.</summary>
    /// <returns>The draft with the channel's limits in it, whether it is covered, and the reason when it is refused.</returns>
    public async Task<(JobDraft Draft, bool Spoiler, Notice? Refusal)> CheckAsync(Visit visit, OrderDraft wanted, CancellationToken ct)
    {
        JobDraft draft = wanted.Draft;
        if ((await house.GetAsync(ct).ConfigureAwait(false)).Draining) return (draft, false, new Notice("house.draining"));
        Judgement words = await moderation.JudgePromptAsync($"{draft.Prompt} {draft.NegativePrompt}", ct).ConfigureAwait(false);
        bool refused = words == Judgement.Refused || (words == Judgement.Adult && visit.Channel.Adult == AdultPolicy.Refuse);
        if (refused)
        {
            await audit.AddAsync(visit.Happened, "prompt-refused", words.ToString(), ct).ConfigureAwait(false);
            return (draft, false, new Notice(words == Judgement.Adult ? "error.adult" : "error.denied-words"));
        }

        bool cover = words == Judgement.Adult && !(visit.Channel.Adult == AdultPolicy.Allow && visit.Place.AgeRestricted);
        ModelPolicy? model = draft.Model is null ? policy.Models.FirstOrDefault(one => one.Kind == ModelKind.Image) : policy.Find(draft.Model);
        if (model is { Kind: ModelKind.Image })
        {
            draft = draft with { Model = model.Name };
            if (LimitOf(visit.Channel, draft, model) is { } limit) return (draft, false, limit);
            if (await network.CountServingAsync(model.Name, ct).ConfigureAwait(false) == 0)
                return (draft, false, await NobodyAsync(model, ct).ConfigureAwait(false));
        }

        return (draft, wanted.Spoiler || cover, await QuotaAsync(visit, draft.Count ?? 1, ct).ConfigureAwait(false));
    }

    private static Notice? LimitOf(ChannelRules channel, JobDraft draft, ModelPolicy model)
    {
        if (channel.MaxCount is { } count && (draft.Count ?? 1) > count) return Limit("count", count);
        int steps = draft.Steps ?? model.Steps!.Default;
        return channel.MaxSteps is { } most && steps > most ? Limit("steps", most) : null;
    }

    private static Notice Limit(string name, int most) => new("error.channel-limit", Filling.Of("name", name), Filling.Of("max", most));

    // An impossible queue is said at once, with what is possible instead.
    private async Task<Notice> NobodyAsync(ModelPolicy model, CancellationToken ct)
    {
        List<string> others = [];
        foreach (ModelPolicy other in policy.Models.Where(other => other.Kind == model.Kind && other.Name != model.Name))
        {
            if (await network.CountServingAsync(other.Name, ct).ConfigureAwait(false) > 0) others.Add(other.Name);
        }

        return others.Count > 0
            ? new Notice("error.no-miner-but", Filling.Of("model", model.Name), Filling.Of("values", string.Join(", ", others)))
            : new Notice("error.no-miner", Filling.Of("model", model.Name));
    }

    private async Task<Notice?> QuotaAsync(Visit visit, int pictures, CancellationToken ct)
    {
        if (await account.IsFullAsync(visit.Account, ct).ConfigureAwait(false)) return new Notice("error.too-many-open", Filling.Of("max", account.OpenOrders));
        int most = await account.PicturesPerHourAsync(visit.Account, ct).ConfigureAwait(false);
        TimeSpan? wait = await account.TakePicturesAsync(visit.Account, visit.Person.AccountId, pictures, visit.Happened.Id, ct).ConfigureAwait(false);
        if (wait is null && visit.Channel.PicturesPerHour is { } here)
        {
            wait = await quotas.TakeAsync(QuotaStore.ChannelKey(visit.Place), pictures, here, visit.Happened.Id, ct).ConfigureAwait(false);
            most = here;
        }

        return wait is { } rest ? new Notice("error.quota", Filling.Of("max", most), Filling.Of("time", visit.Words.Time(rest))) : null;
    }
}
