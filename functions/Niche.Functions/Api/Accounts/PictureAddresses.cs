using System.Security.Cryptography;
using System.Text;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api.Accounts;

/// <summary>
/// Addresses of pictures. The API shows them with a signature when the job is an account's, because browsers and clients fetch an address without a key: whoever
/// was given the address may see the picture as long as it is kept, and knowing the job is not enough.
/// </summary>
public sealed class PictureAddresses(ITableStore tables)
{
    /// <summary>Name of the parameter.</summary>
    public const string Signature = "sig";

    private const string Key = "picture-secret";
    private readonly JsonTable<Made> _made = new(tables, BotNames.State);
    private volatile byte[]? _secret;

    /// <summary>Path and query of a picture, from the root of the API.</summary>
    /// <param name="job">Its job.</param>
    /// <param name="file">Its name.</param>
    /// <param name="isOwners">Whoever is shown it owns the job.</param>
    /// <param name="ct">Stops.</param>
    public async ValueTask<string> OfAsync(Job job, string file, bool isOwners, CancellationToken ct)
    {
        string path = $"/v1/images/{job.Id}/{file}";
        return isOwners ? $"{path}?{Signature}={await SignAsync(job.Id, file, ct).ConfigureAwait(false)}" : path;
    }

    /// <summary>True for a signature of ours.</summary>
    public async ValueTask<bool> IsGenuineAsync(string jobId, string file, string given, CancellationToken ct)
    {
        string genuine = await SignAsync(jobId, file, ct).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.ASCII.GetBytes(genuine));
    }

    private async ValueTask<string> SignAsync(string jobId, string file, CancellationToken ct)
    {
        byte[] secret = _secret ?? await ReadAsync(ct).ConfigureAwait(false);
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{jobId}/{file}")))[..32];
    }

    private async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        Made fresh = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        Made kept = (await _made.UpdateAsync(Key, Key, before => before is null ? fresh : null, ct).ConfigureAwait(false))!;
        return _secret = Convert.FromHexString(kept.Secret);
    }

    private sealed record Made(string Secret);
}
