using Niche.Functions.Api;

namespace Niche.Local.View;

/// <summary>Shows the subnet at work.</summary>
internal interface IBoxView
{
    /// <summary>Shows until <paramref name="enough"/> holds or the token is cancelled.</summary>
    Task RunAsync(Func<NetworkBody, bool> enough, CancellationToken ct);
}
