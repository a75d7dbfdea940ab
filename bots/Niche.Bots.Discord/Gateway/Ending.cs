namespace Niche.Bots.Discord.Gateway;

/// <summary>How a connection ended, and what to do next.</summary>
internal enum Ending
{
    /// <summary>Connect again and resume.</summary>
    Resume,

    /// <summary>Connect again and identify anew.</summary>
    Identify,

    /// <summary>Never connect again: the configuration is wrong.</summary>
    Fatal,
}
