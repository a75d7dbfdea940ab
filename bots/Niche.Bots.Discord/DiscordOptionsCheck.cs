using Microsoft.Extensions.Options;

namespace Niche.Bots.Discord;

/// <summary>Says at the start what is wrong with the settings.</summary>
public sealed class DiscordOptionsCheck : IValidateOptions<DiscordOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DiscordOptions options)
    {
        List<string> faults = [];
        if (options.Token.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) faults.Add("Discord:Token has white space in it.");
        if (options.PublicKey.Length > 0 && (options.PublicKey.Length != 64 || !options.PublicKey.All(char.IsAsciiHexDigit)))
            faults.Add("Discord:PublicKey is not the 64 hexadecimal digits that the developer portal shows.");
        if (!options.ApiBase.IsAbsoluteUri || !options.ApiBase.AbsolutePath.EndsWith('/') || (options.ApiBase.Scheme != Uri.UriSchemeHttps && !options.ApiBase.IsLoopback))
            faults.Add("Discord:ApiBase is no https address with a slash at its end.");
        if (options.ShardCount < 1 || options.Shard < 0 || options.Shard >= options.ShardCount) faults.Add("Discord:Shard lies between 0 and Discord:ShardCount - 1.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
