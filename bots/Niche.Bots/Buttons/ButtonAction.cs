namespace Niche.Bots.Buttons;

/// <summary>What a button does. The values are part of ids that live for years: never renumbered, never reused.</summary>
public enum ButtonAction
{
    /// <summary>U: sends one picture of the grid alone, as it was delivered.</summary>
    Pick = 1,

    /// <summary>V: paints a relative of one picture.</summary>
    Vary = 2,

    /// <summary>Paints the same again with other seeds.</summary>
    Again = 3,

    /// <summary>Opens the request as a form.</summary>
    Edit = 4,

    /// <summary>All settings, miners and receipts.</summary>
    Info = 5,

    /// <summary>Takes the message away.</summary>
    Delete = 6,

    /// <summary>Calls the job off.</summary>
    Cancel = 7,

    /// <summary>Keeps the order among the favourites, or takes it off them.</summary>
    Favorite = 8,

    /// <summary>Enlarges one picture by resampling.</summary>
    Enlarge = 9,

    /// <summary>Another page of the history; the argument is where it begins.</summary>
    History = 10,

    /// <summary>Shows an order again.</summary>
    Show = 11,

    /// <summary>Changes a setting; the argument is name=value.</summary>
    Setting = 12,

    /// <summary>Starts what an inline answer promised.</summary>
    Inline = 13,

    /// <summary>Does nothing but be there.</summary>
    None = 14,

    /// <summary>Another page of the favourites.</summary>
    Favorites = 15,

    /// <summary>API keys and parting; the argument says which.</summary>
    Account = 16,

    /// <summary>Paints from a picture that was kept with the form; the argument says which.</summary>
    Input = 17,
}
