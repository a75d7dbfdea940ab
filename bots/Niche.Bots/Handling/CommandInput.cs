using Niche.Bots.Incoming;
using Niche.Bots.Parsing;

namespace Niche.Bots.Handling;

/// <summary>What a command was given.</summary>
/// <param name="Options">Checked options.</param>
/// <param name="Files">Files with the command, then those of the message replied to.</param>
/// <param name="Quoted">The message replied to, or the target of a message command; null when none.</param>
public sealed record CommandInput(Options Options, IReadOnlyList<Attachment> Files, QuotedMessage? Quoted)
{
    /// <summary>The first file that claims to be a picture, or claims nothing; null when there is none.</summary>
    public Attachment? Picture => PictureOf(Files);

    /// <summary>The first of some files that claims to be a picture, or claims nothing; null when there is none.</summary>
    public static Attachment? PictureOf(IReadOnlyList<Attachment> files) => files.FirstOrDefault(file =>
        file.ContentType is null || file.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase));
}
