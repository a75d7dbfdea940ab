namespace Niche.Bots.Platforms;

/// <summary>The platforms of this process by name.</summary>
public sealed class PlatformBook(IEnumerable<IChatPlatform> platforms)
{
    private readonly Dictionary<string, IChatPlatform> _platforms = platforms.ToDictionary(platform => platform.Name, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<IChatPlatform> All => _platforms.Values;

    /// <summary>The platform of this name, or null.</summary>
    public IChatPlatform? Find(string name) => _platforms.GetValueOrDefault(name);
}
