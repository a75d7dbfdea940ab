namespace Niche.Architecture.Tests;

/// <summary>A rule that lists whatever breaks it.</summary>
internal static class Rule
{
    public static void Holds(string rule, IEnumerable<string> broken)
    {
        string[] list = [.. broken];
        Assert.True(list.Length == 0, $"{rule}\n  {string.Join("\n  ", list)}");
    }
}
