using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Niche.Bots.Configuration;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Buttons;

/// <summary>The signer of the configured secrets; with none, of a secret that is made once and kept in storage.</summary>
public sealed class ButtonKeys(ITableStore tables, IOptions<BotOptions> options)
{
    private const string Key = "button-secret";
    private readonly JsonTable<Made> _made = new(tables, BotNames.State);
    private volatile ButtonSigner? _signer;

    /// <summary>The signer.</summary>
    public async ValueTask<ButtonSigner> GetAsync(CancellationToken ct)
    {
        if (_signer is { } known) return known;
        if (options.Value.Secrets.Count > 0) return _signer = ButtonSigner.FromSecrets(options.Value.Secrets);
        Made fresh = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        Made kept = (await _made.UpdateAsync(Key, Key, before => before is null ? fresh : null, ct).ConfigureAwait(false))!;
        return _signer = ButtonSigner.FromSecrets([kept.Secret]);
    }

    private sealed record Made(string Secret);
}
