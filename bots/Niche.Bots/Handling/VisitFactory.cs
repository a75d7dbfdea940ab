using Niche.Bots.Accounts;
using Niche.Bots.Incoming;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;

namespace Niche.Bots.Handling;

/// <summary>Gathers what is known around an event.</summary>
public sealed class VisitFactory(PersonStore people, AccountStore accounts, ChannelStore channels, Doorkeeper door, TextBook texts)
{
    /// <summary>Makes a visit. Language: the person's choice, then what their platform says, then the channel's, then English.</summary>
    public async Task<Visit> CreateAsync(BotEvent happened, IChatPlatform platform, Acknowledgement promise, CancellationToken ct)
    {
        Person person = await people.GetAsync(happened.Place.Platform, happened.User.Id, ct).ConfigureAwait(false);
        Account account = await accounts.OfAsync(person, happened.Place.Platform, happened.User.Id, ct).ConfigureAwait(false);
        ChannelRules rules = await channels.GetAsync(happened.Place, ct).ConfigureAwait(false);
        await channels.SeenAsync(happened.Place, rules, ct).ConfigureAwait(false);
        return new Visit(happened, platform, promise, person, account, rules, new Words(texts, LanguageOf(person, happened, rules)), door.IsOperator(happened));
    }

    private static Language LanguageOf(Person person, BotEvent happened, ChannelRules rules) =>
        Language.Find(person.Language) ?? Language.Find(happened.User.Locale) ?? Language.Find(rules.Language) ?? Language.English;
}
