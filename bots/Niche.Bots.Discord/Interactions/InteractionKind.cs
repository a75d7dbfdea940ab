namespace Niche.Bots.Discord.Interactions;

/// <summary>What a user did; the values are Discord's.</summary>
public enum InteractionKind
{
    /// <summary>Discord asks whether we are there.</summary>
    Ping = 1,

    /// <summary>A command was sent.</summary>
    Command = 2,

    /// <summary>A button was pressed or a choice made.</summary>
    Component = 3,

    /// <summary>A command is being typed; choices are wanted.</summary>
    Autocomplete = 4,

    /// <summary>A form was sent.</summary>
    Modal = 5,
}
