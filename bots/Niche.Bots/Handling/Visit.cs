using Niche.Bots.Accounts;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;

namespace Niche.Bots.Handling;

/// <summary>One event with everything that is known around it, and the way to answer it.</summary>
/// <param name="happened">What happened.</param>
/// <param name="platform">Where.</param>
/// <param name="promise">What the platform was told at once.</param>
/// <param name="person">Who.</param>
/// <param name="account">The account that they belong to.</param>
/// <param name="channel">What holds there.</param>
/// <param name="words">The language to answer in.</param>
/// <param name="isOperator">May use operator commands.</param>
public sealed class Visit(
    BotEvent happened, IChatPlatform platform, Acknowledgement promise, Person person, Account account, ChannelRules channel, Words words, bool isOperator)
{
    private bool _answered;

    /// <summary>What happened.</summary>
    public BotEvent Happened => happened;

    /// <summary>Where it happened.</summary>
    public Place Place => happened.Place;

    /// <summary>The platform.</summary>
    public IChatPlatform Platform => platform;

    /// <summary>Who did it.</summary>
    public Person Person => person;

    /// <summary>The account that they belong to.</summary>
    public Account Account => account;

    /// <summary>Them as a member of it.</summary>
    public Member Member => account.Members.First(member => member.Home == person.AccountId);

    /// <summary>Who did it, as <c>platform:id</c>.</summary>
    public string PersonKey => PersonStore.KeyOf(happened);

    /// <summary>What holds in the channel.</summary>
    public ChannelRules Channel => channel;

    /// <summary>The language to answer in.</summary>
    public Words Words => words;

    /// <summary>May use operator commands.</summary>
    public bool IsOperator => isOperator;

    /// <summary>The first answer is for one person's eyes only.</summary>
    public bool IsPrivate => promise is Acknowledgement.Later { Private: true };

    /// <summary>Answers: first what was promised, then further messages. An inline message is changed instead, because nothing else can be sent there.</summary>
    public async Task<MessageRef> AnswerAsync(View view, CancellationToken ct)
    {
        if (happened is InlineChosenEvent { Message: var inline }) return await platform.EditAsync(inline, view, ct).ConfigureAwait(false);
        bool first = promise is Acknowledgement.Later && !_answered;
        MessageRef sent = await platform.SendAsync(Place, first ? view with { Private = IsPrivate } : view, first, ct).ConfigureAwait(false);
        _answered = true;
        return sent;
    }

    /// <summary>Fetches a file that a person sent.</summary>
    /// <exception cref="RefusalException">The file is too large, or no longer there.</exception>
    public async Task<ReadOnlyMemory<byte>> DownloadAsync(Attachment file, int maxBytes, CancellationToken ct)
    {
        try
        {
            return await platform.DownloadAsync(file, maxBytes, ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (e.Fault is PlatformFault.TooLarge)
        {
            throw new RefusalException(new Notice("error.too-large", Filling.Of("max", maxBytes / 1024 / 1024)), e);
        }
        catch (PlatformException e) when (e.Fault is PlatformFault.Gone or PlatformFault.Refused or PlatformFault.Forbidden)
        {
            throw new RefusalException(new Notice("error.file-gone"), e);
        }
    }

    /// <summary>Answers with a sentence.</summary>
    public Task SayAsync(Tone tone, RichText text, CancellationToken ct, bool onlyAsker = true) =>
        AnswerAsync(new View { Body = text, Tone = tone, Private = onlyAsker }, ct);

    /// <summary>Answers that something cannot be done, with every reason.</summary>
    public Task RefuseAsync(IReadOnlyList<Notice> reasons, CancellationToken ct)
    {
        RichText body = RichText.Empty;
        foreach (Notice reason in reasons)
        {
            if (!body.IsEmpty) body = body.Append(RichText.Plain("\n"));
            if (reasons.Count > 1) body = body.Append(RichText.Plain("• "));
            body = body.Append(words.Say(reason));
        }

        return SayAsync(Tone.Warning, body, ct);
    }

    /// <summary>Answers that something cannot be done.</summary>
    public Task RefuseAsync(string key, CancellationToken ct, params IReadOnlyList<Filling> fillings) => RefuseAsync([new Notice(key, [.. fillings])], ct);

    /// <summary>Changes the message whose button was pressed; answers when there is none.</summary>
    public Task ReplaceAsync(View view, CancellationToken ct) =>
        happened is ButtonEvent { Message: var message } && promise is Acknowledgement.InPlace ? platform.EditAsync(message, view, ct) : AnswerAsync(view, ct);

    /// <summary>True when the person may change the settings of the channel.</summary>
    public async Task<bool> ManagesAsync(CancellationToken ct) => isOperator || Place.Kind == ChannelKind.Private
        || (happened.User.ManagesChannel ?? await platform.ManagesAsync(Place, happened.User.Id, ct).ConfigureAwait(false));
}
