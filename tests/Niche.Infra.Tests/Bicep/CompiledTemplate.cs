using System.Text.Json;

namespace Niche.Infra.Tests.Bicep;

/// <summary>infra/bicep/main.bicep, compiled once for all tests of a class.</summary>
public sealed class CompiledTemplate : IAsyncLifetime, IDisposable
{
    private JsonDocument? _document;
    private ProcessResult? _result;

    public JsonElement Root => (_document ?? throw new InvalidOperationException(Result.Errors)).RootElement;

    internal ProcessResult Result
    {
        get
        {
            Assert.SkipUnless(BicepCompiler.Runs, BicepCompiler.NeedsLinux);
            return _result ?? throw new InvalidOperationException("The template was not compiled.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!BicepCompiler.Runs)
            return;
        _result = await BicepCompiler.RunAsync("build", "--stdout", Repository.PathOf("infra/bicep/main.bicep"));
        if (_result.ExitCode == 0)
            _document = JsonDocument.Parse(_result.Output);
    }

    /// <summary>The template of a module, by its symbolic name in main.bicep.</summary>
    public JsonElement Module(string name) => Root.GetProperty("resources").GetProperty(name).GetProperty("properties").GetProperty("template");

    /// <summary>All resources of one type in all modules.</summary>
    public IEnumerable<JsonElement> Resources(string type) =>
        from module in Root.GetProperty("resources").EnumerateObject()
        from resource in Items(Module(module.Name).GetProperty("resources"))
        where resource.GetProperty("type").GetString() == type
        select resource;

    /// <summary>The only resource of a type.</summary>
    public JsonElement Resource(string type) => Assert.Single(Resources(type));

    /// <summary>A variable of a module that is a list of texts.</summary>
    public IEnumerable<string> Texts(string module, string variable) =>
        Module(module).GetProperty("variables").GetProperty(variable).EnumerateArray().Select(item => item.GetString() ?? "");

    /// <summary>The compiler writes a module's resources as a list, or as a map once symbolic names matter.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement resources) =>
        resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(item => item.Value);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _document?.Dispose();
}
