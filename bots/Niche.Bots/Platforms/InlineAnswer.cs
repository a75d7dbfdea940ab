using Niche.Bots.Outgoing;

namespace Niche.Bots.Platforms;

/// <summary>An entry of the list that inline mode shows; choosing it sends <paramref name="Message"/>, which is edited later.</summary>
/// <param name="Id">1 to 64 bytes of ASCII.</param>
/// <param name="Title">First line of the entry.</param>
/// <param name="Description">Second line.</param>
/// <param name="Message">The message that is sent; has at least one button, without which platforms do not tell the message's id.</param>
public sealed record InlineAnswer(string Id, string Title, string Description, View Message);
