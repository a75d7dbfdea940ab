namespace Niche.Storage.Jobs;

/// <summary>Queues, containers and tables of the chat bots.</summary>
public static class BotNames
{
    /// <summary>What people did, to be handled.</summary>
    public const string Updates = "bot-updates";

    /// <summary>Orders whose message has to be looked after: a message per open order, hidden between two looks.</summary>
    public const string Progress = "bot-progress";

    /// <summary>Announcements, a message per channel.</summary>
    public const string Announcements = "bot-announcements";

    /// <summary>Container of grids and enlarged pictures: all of it can be made again.</summary>
    public const string Pictures = "bot-pictures";

    /// <summary>Events that were handled, for a while: the same event is answered once.</summary>
    public const string Events = "botevents";

    /// <summary>Orders by job id: what was asked for, by whom, and the message that shows it. Kept, so that buttons work for years.</summary>
    public const string Orders = "botorders";

    /// <summary>Open orders of chats in which one message shows the progress of all, oldest first.</summary>
    public const string Lines = "botlines";

    /// <summary>From a message to the order that it shows.</summary>
    public const string Messages = "botmessages";

    /// <summary>People by platform: account, language, defaults.</summary>
    public const string People = "botpeople";

    /// <summary>Channels: limits, defaults, lists.</summary>
    public const string Channels = "botchannels";

    /// <summary>Codes that join accounts, ten minutes each.</summary>
    public const string Links = "botlinks";

    /// <summary>Joined accounts with their members.</summary>
    public const string Accounts = "botaccounts";

    /// <summary>API keys: by their public part the hash of each, and by person the public parts.</summary>
    public const string ApiKeys = "apikeys";

    /// <summary>Pictures that somebody is about to say what to paint from, an hour each.</summary>
    public const string Inputs = "botinputs";

    /// <summary>Orders by account, newest first.</summary>
    public const string History = "bothistory";

    /// <summary>Favourites by account, newest first.</summary>
    public const string Favorites = "botfavorites";

    /// <summary>Pictures asked for, by account and hour.</summary>
    public const string Quotas = "botquotas";

    /// <summary>Conversations.</summary>
    public const string Talks = "bottalks";

    /// <summary>What operators and managers did, newest first.</summary>
    public const string Audit = "botaudit";

    /// <summary>What operators decided: pause, bans; and the key of the buttons when none is configured.</summary>
    public const string State = "botstate";

    /// <summary>What terminals have to show.</summary>
    public const string Terminal = "botterminal";

    /// <summary>The queues that functions consume.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Updates, Progress, Announcements];
}
