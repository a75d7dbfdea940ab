using Microsoft.Extensions.Options;

namespace Niche.Bots.Configuration;

/// <summary>Names every impossible setting at once, before anything starts.</summary>
public sealed class BotOptionsCheck : IValidateOptions<BotOptions>
{
    private const int MinSecret = 16;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BotOptions options)
    {
        List<string> faults = [];
        if (options.Secrets.Any(secret => secret.Length < MinSecret)) faults.Add($"Bots:Secrets: each needs {MinSecret} characters or more.");
        if (options.Operators.Any(one => one.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]))
            faults.Add("Bots:Operators: each is platform:user id, such as discord:80351110224678912.");
        if (options.PicturesPerHour is < 1 or > 100_000) faults.Add("Bots:PicturesPerHour must be between 1 and 100000.");
        if (options.OpenOrders is < 1 or > 1000) faults.Add("Bots:OpenOrders must be between 1 and 1000.");
        if (options.PublicAddress is { } address && address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            faults.Add("Bots:PublicAddress must be an https address.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
