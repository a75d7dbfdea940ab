using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>
/// What a reference must remember of its message, kept as its token: where it was tied to, should it have to be sent anew, and which pictures it shows,
/// so that the same ones are not uploaded again.
/// </summary>
/// <param name="Thread">Topic of a forum.</param>
/// <param name="ReplyTo">Message that it answers.</param>
/// <param name="Pictures">Digest of its pictures; empty for none.</param>
internal sealed record ShownState(int? Thread, int? ReplyTo, string Pictures)
{
    /// <summary>Nothing is known, as after a pressed button.</summary>
    public static ShownState Unknown { get; } = new(null, null, "?");

    /// <summary>The state of a view at a place.</summary>
    public static ShownState Of(Place place, View view) => new(Number(place.Thread), Number(place.ReplyTo), Digest(view.Pictures));

    /// <summary>Digest of pictures by their names in our store; empty for none.</summary>
    public static string Digest(IReadOnlyList<Picture> pictures) => pictures.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', pictures.Select(picture => $"{picture.Container}/{picture.Name} {picture.Spoiler} {picture.AsFile}")))))[..16];

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is unknown.</summary>
    public static ShownState Read(string? token) =>
        token?.Split('/') is [var thread, var reply, var pictures] ? new(Number(thread), Number(reply), pictures) : Unknown;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Thread}/{ReplyTo}/{Pictures}");

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;
}
