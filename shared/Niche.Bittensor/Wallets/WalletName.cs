namespace Niche.Bittensor.Wallets;

/// <summary>Names become file names, so they must be nothing more than that.</summary>
internal static class WalletName
{
    public const string PublicSuffix = "pub.txt";

    private const int MaxLength = 64;

    /// <exception cref="WalletException">InvalidName.</exception>
    public static string Check(string? name, string what)
    {
        var good = name is { Length: > 0 and <= MaxLength } && name[0] is not ('.' or '-' or ' ')
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ' ')
            && !name.EndsWith(PublicSuffix, StringComparison.Ordinal) && name[^1] is not ('.' or ' ');
        return good ? name! : throw new WalletException(
            WalletFault.InvalidName,
            $"A {what} name has 1 to {MaxLength} letters, digits, dots, dashes, underscores and spaces. It begins with none of . - and space, "
            + $"ends with neither . nor space, and does not end in {PublicSuffix}.");
    }
}
