using System.Security.Cryptography;
using System.Text;

namespace Niche.GpuEndpoint.Access;

/// <summary>The key that clients must send. Only its hash is kept, so that no log or dump can show it.</summary>
public sealed class ApiKey
{
    private const int ShortestKey = 16;
    private readonly byte[] _hash;

    private ApiKey(string key) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>A key, without the white space around it.</summary>
    /// <param name="key">At least 16 characters.</param>
    /// <exception cref="ArgumentException">Too short to keep anybody out.</exception>
    public static ApiKey Of(string key) => key.Trim() is { Length: >= ShortestKey } text
        ? new ApiKey(text)
        : throw new ArgumentException($"An API key needs at least {ShortestKey} characters.", nameof(key));

    /// <summary>Compares in a time that tells nothing of the key.</summary>
    /// <param name="sent">What a client sent.</param>
    public bool Matches(string sent) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), _hash);
}
