using Niche.Bots.Orders;

namespace Niche.Bots.Accounts;

/// <summary>
/// One or several people of different platforms who are the same to us: history, favourites, quotas and bans are theirs together. Nothing is copied when
/// accounts are joined and nothing is lost when they part: an account shows what its members have.
/// </summary>
/// <param name="Id">The joined account; of somebody alone their home.</param>
/// <param name="Members">Its members, oldest first; never empty.</param>
public sealed record Account(string Id, IReadOnlyList<Member> Members)
{
    /// <summary>True when several people were joined to it.</summary>
    public bool IsJoined => Members.Count > 1;

    /// <summary>Where its members keep what they have.</summary>
    public IEnumerable<string> Homes => Members.Select(member => member.Home);

    /// <summary>True when an order is of one of its members.</summary>
    public bool Owns(Order order) => Members.Any(member => member.Home == order.AccountId || member.Key == order.Owner);
}
