using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Bots.Buttons;

/// <summary>
/// Writes what a button means into its id and reads it back, for ever: <c>1ACTIONINDEX:SUBJECT:MAC</c>, at most 64 bytes of ASCII. The MAC (HMAC-SHA256, 96
/// bits) covers everything before it and the platform, so nobody can make up an id or carry one to another platform. Nothing is kept in memory.
/// </summary>
/// <param name="keys">Keys of 32 bytes; the first signs, all are accepted, so that a key can be replaced.</param>
public sealed class ButtonSigner(IReadOnlyList<byte[]> keys)
{
    /// <summary>Longest id, the limit of Telegram's callback data.</summary>
    public const int MaxBytes = 64;

    private const char Version = '1';
    private const int MacBytes = 12, MacCharacters = 16, HeadCharacters = 4;

    /// <summary>Makes the signer of configured secrets, newest first.</summary>
    public static ButtonSigner FromSecrets(IEnumerable<string> secrets) => new([.. secrets.Select(secret =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, [], "niche-bots-buttons-v1"u8.ToArray()))]);

    /// <summary>Writes an id.</summary>
    /// <exception cref="ArgumentException">The subject does not fit: a fault in the code.</exception>
    public string Write(string platform, ButtonId id)
    {
        if (!IsSubject(id.Subject) || id.Index is < 0 or > 9) throw new ArgumentException($"'{id.Subject}' does not fit into a button.", nameof(id));
        string head = string.Create(CultureInfo.InvariantCulture, $"{Version}{(int)id.Action:00}{id.Index}:{id.Subject}:");
        return head + Mac(keys[0], platform, head);
    }

    /// <summary>Reads an id; null when it is not one of ours.</summary>
    public ButtonId? Read(string platform, string? text)
    {
        if (text is not { Length: > HeadCharacters + 2 + MacCharacters - 1 and <= MaxBytes } || text[0] != Version || text[HeadCharacters] != ':') return null;
        int end = text.Length - MacCharacters;
        if (text[end - 1] != ':' || !char.IsAsciiDigit(text[3]) || !int.TryParse(text.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int action)
            || !Enum.IsDefined((ButtonAction)action)) return null;
        string subject = text[(HeadCharacters + 1)..(end - 1)];
        return IsSubject(subject) && IsSigned(platform, text[..end], text[end..]) ? new ButtonId((ButtonAction)action, subject, text[3] - '0') : null;
    }

    private bool IsSigned(string platform, string head, string mac)
    {
        byte[] given = Encoding.UTF8.GetBytes(mac);
        bool signed = false;
        foreach (byte[] key in keys) signed |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Mac(key, platform, head)));
        return signed;
    }

    private static string Mac(byte[] key, string platform, string head) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{platform}\n{head}")).AsSpan(0, MacBytes));

    private static bool IsSubject(string subject) =>
        subject.Length <= ButtonId.MaxSubject && subject.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-' or '_' or '=');
}
