namespace Niche.Infra.Tests.Docker;

/// <summary>One instruction of a Dockerfile, continuation lines joined.</summary>
internal sealed record DockerInstruction(int Stage, string Name, string Arguments)
{
    /// <summary>Sources of a COPY from the build context; empty for a COPY from another stage.</summary>
    public IReadOnlyList<string> ContextSources()
    {
        if (Name != "COPY" || Arguments.Contains("--from=", StringComparison.Ordinal))
            return [];
        var words = Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        return words[..^1];
    }

    public static IReadOnlyList<DockerInstruction> Parse(string text)
    {
        var found = new List<DockerInstruction>();
        var stage = -1;
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            Assert.True(space > 0, $"'{line}' is no Dockerfile instruction.");
            var name = line[..space];
            stage += name == "FROM" ? 1 : 0;
            found.Add(new(stage, name, line[(space + 1)..].Trim()));
        }

        return found;
    }
}
