using Niche.Miner;
using Niche.Miner.Endpoints;
using Niche.Miner.Work;

namespace Niche.Attacks;

/// <summary>Builds a dishonest miner: the honest one, with a cheat around its work.</summary>
public static class AttackHost
{
    /// <summary>Wires the miner of a kind.</summary>
    /// <param name="kind">One of <see cref="AttackKinds"/>.</param>
    /// <param name="options">As for an honest miner.</param>
    /// <param name="services">Last word on the services.</param>
    /// <exception cref="ArgumentException">No such kind; the message lists all.</exception>
    public static WebApplication Build(string kind, MinerOptions options, Action<IServiceCollection>? services = null)
    {
        var found = AttackKinds.Find(kind)
            ?? throw new ArgumentException($"No such attack; there are: {string.Join(", ", AttackKinds.All.Select(k => k.Name))}.", nameof(kind));
        return MinerHost.Build(options, added =>
        {
            added.AddSingleton<EndpointWork>();
            added.AddSingleton(provider => found.Decorate(provider.GetRequiredService<EndpointWork>(), provider.GetRequiredService<TimeProvider>()));
            services?.Invoke(added);
        });
    }
}
