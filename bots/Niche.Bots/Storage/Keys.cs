using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Bots.Storage;

/// <summary>Keys of rows out of the ids of platforms, which are strangers' texts and need not be legal keys.</summary>
internal static class Keys
{
    private const int MaxPlain = 64;
    private const long Far = 9_999_999_999_999;

    /// <summary>A key that is the same for the same parts and different for different ones.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        StringBuilder key = new();
        foreach (string part in parts)
        {
            if (key.Length > 0) key.Append(':');
            bool plain = part.Length is > 0 and <= MaxPlain && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
            // The mark keeps a hash from being taken for an id that looks like one.
            key.Append(plain ? part : "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(part)))[..40]);
        }

        return key.ToString();
    }

    /// <summary>Sorts newest first.</summary>
    public static string NewestFirst(DateTimeOffset at, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Far - at.ToUnixTimeMilliseconds():0000000000000}-{id}");
}
