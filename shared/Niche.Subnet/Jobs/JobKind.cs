namespace Niche.Subnet.Jobs;

/// <summary>What a job makes.</summary>
public enum JobKind
{
    /// <summary>One to four pictures from a prompt.</summary>
    Image,

    /// <summary>A text from a prompt.</summary>
    Text,
}
