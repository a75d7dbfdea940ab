using YamlDotNet.Serialization;

namespace Niche.Infra.Tests.Compose;

/// <summary>infra/compose/compose.yaml as maps, lists and texts, with merge keys resolved.</summary>
internal sealed class ComposeFile
{
    public const string Location = "infra/compose/compose.yaml";

    private readonly IReadOnlyDictionary<object, object> _root;

    private ComposeFile(IReadOnlyDictionary<object, object> root) => _root = root;

    public static ComposeFile Read()
    {
        var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(Repository.Read(Location))));
        return new(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser));
    }

    public IReadOnlyDictionary<string, ComposeService> Services =>
        Map(_root["services"]).ToDictionary(pair => (string)pair.Key, pair => new ComposeService(Map(pair.Value)));

    public IEnumerable<string> Names(string section) =>
        _root.TryGetValue(section, out var value) ? Map(value).Keys.Select(key => (string)key) : [];

    internal static IReadOnlyDictionary<object, object> Map(object value) => Assert.IsType<Dictionary<object, object>>(value);
}
