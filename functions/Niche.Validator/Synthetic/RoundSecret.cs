using System.Security.Cryptography;
using System.Text;
using Niche.Subnet.Rounds;

namespace Niche.Validator.Synthetic;

/// <summary>The validator's secret sequence: without it nobody can tell which request will be scored, or what it will ask.</summary>
public sealed class RoundSecret
{
    private readonly SecretRandom _root;

    /// <summary>Derives the sequence from the hotkey's secret, so that nothing more has to be kept and a restart plans the same.</summary>
    public RoundSecret(string hotkeySecret)
    {
        byte[] secret = HMACSHA256.HashData("niche round secret"u8, Encoding.UTF8.GetBytes(hotkeySecret));
        _root = new SecretRandom(secret);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>The sequence of one purpose.</summary>
    public SecretRandom For(string purpose) => _root.Derive(purpose);
}
