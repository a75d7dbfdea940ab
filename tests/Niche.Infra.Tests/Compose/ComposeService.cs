namespace Niche.Infra.Tests.Compose;

/// <summary>One service of the compose file.</summary>
internal sealed record ComposeService(IReadOnlyDictionary<object, object> Keys)
{
    public string Text(string key) => Keys.TryGetValue(key, out var value) ? value as string ?? "" : "";

    public IReadOnlyList<string> Texts(string key) =>
        Keys.TryGetValue(key, out var value) ? [.. Assert.IsType<List<object>>(value).Select(item => item as string ?? "")] : [];

    public IReadOnlyDictionary<object, object> Map(string key) =>
        Keys.TryGetValue(key, out var value) ? ComposeFile.Map(value) : new Dictionary<object, object>();
}
