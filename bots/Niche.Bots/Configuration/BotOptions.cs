namespace Niche.Bots.Configuration;

/// <summary>Settings of the bots, section <c>Bots</c>.</summary>
public sealed class BotOptions
{
    /// <summary>Section name.</summary>
    public const string Section = "Bots";

    /// <summary>
    /// Secrets that sign buttons, newest first: the first signs, all are accepted. Empty makes one at the first start and keeps it in storage.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Who may use operator commands, as <c>platform:user id</c>, such as <c>discord:80351110224678912</c>.</summary>
    public IList<string> Operators { get; } = [];

    /// <summary>Most pictures of one account in an hour.</summary>
    public int PicturesPerHour { get; set; } = 120;

    /// <summary>Most orders of one account that are open at the same time.</summary>
    public int OpenOrders { get; set; } = 5;

    /// <summary>Words that no prompt may hold; lower case.</summary>
    public IList<string> DeniedWords { get; } = [];

    /// <summary>Words that make a prompt one for adults; lower case.</summary>
    public IList<string> AdultWords { get; } = [];

    /// <summary>Anybody who reaches the API may chat through <c>bots/terminal</c>. For a machine of one's own; off in the cloud.</summary>
    public bool Terminal { get; set; }

    /// <summary>Base address of this service as people reach it, for links to receipts; null shows no links.</summary>
    public Uri? PublicAddress { get; set; }
}
