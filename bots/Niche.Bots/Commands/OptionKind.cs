namespace Niche.Bots.Commands;

/// <summary>Type of an option's value.</summary>
public enum OptionKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole number.</summary>
    Whole,

    /// <summary>Number.</summary>
    Number,

    /// <summary>Yes or no; in text form <c>--name</c> alone means yes.</summary>
    Flag,

    /// <summary>A file.</summary>
    File,
}
