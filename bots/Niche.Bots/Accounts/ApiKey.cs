using System.Text.Json.Serialization;

namespace Niche.Bots.Accounts;

/// <summary>What is kept of an API key: never the key itself.</summary>
/// <param name="Id">Its public part, 16 hexadecimal digits.</param>
/// <param name="Hash">SHA-256 of the whole key, lower-case hexadecimal.</param>
/// <param name="Owner">Whose it is: their account is the key's account.</param>
/// <param name="Name">What it is for, in its owner's words.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKey(string Id, string Hash, Member Owner, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>How every key begins.</summary>
    public const string Mark = "niche_";

    /// <summary>The day of its last use; null before the first.</summary>
    public DateOnly? UsedOn { get; init; }

    /// <summary>How people recognise it: its beginning.</summary>
    [JsonIgnore]
    public string Prefix => Mark + Id;
}
