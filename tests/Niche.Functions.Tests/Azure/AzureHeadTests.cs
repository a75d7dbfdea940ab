using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cronos;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Azure;

/// <summary>What of the Azure head can be checked without its packages: files, versions, settings.</summary>
public sealed partial class AzureHeadTests
{
    private const string Head = "functions/Niche.Functions/Niche.Functions.csproj", Local = "functions/Niche.Functions.Local/Niche.Functions.Local.csproj";
    private static readonly string[] Schedules = ["BotUpkeep", "Housekeeping", "QueryRound", "RefreshCapacity", "SetWeights", "SyncMetagraph"];
    private static readonly char[] Spaces = [' ', '\t'];

    [Fact]
    public void The_azure_solution_lists_every_project_and_the_other_all_but_the_azure_head()
    {
        string[] projects = [.. Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "artifacts" or "node_modules" or "obj" or "bin")).Order(StringComparer.Ordinal)];
        string[] azure = [.. XDocument.Parse(Repository.Read("NicheFunctions.Azure.slnx")).Descendants("Project").Select(project => (string)project.Attribute("Path")!)];
        Assert.Empty(projects.Except(azure).Select(path => $"{path} is missing in NicheFunctions.Azure.slnx"));
        Assert.Empty(azure.Except(projects).Select(path => $"{path} of NicheFunctions.Azure.slnx does not exist"));
        Assert.DoesNotContain("Niche.Functions.csproj", Repository.Read("NicheFunctions.sln"), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_heads_compile_the_same_sources_with_the_same_sdk()
    {
        (XDocument azure, XDocument local) = (XDocument.Parse(Repository.Read(Head)), XDocument.Parse(Repository.Read(Local)));
        Assert.Equal((string?)azure.Root!.Attribute("Sdk"), (string?)local.Root!.Attribute("Sdk"));
        string[] folders = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "functions/Niche.Functions")).Where(HasSources).Select(path => Path.GetFileName(path)!)];
        Assert.Equal(["Api", "Functions"], folders.Order(StringComparer.Ordinal));
        Assert.Equal(folders.Order(StringComparer.Ordinal).Select(folder => $"../Niche.Functions/{folder}/**/*.cs"),
            local.Descendants("Compile").Select(item => (string)item.Attribute("Include")!).Order(StringComparer.Ordinal));
        Assert.Equal(["host.json", "wwwroot/**"], Copied(azure, "Update").Where(name => !name.StartsWith("local.", StringComparison.Ordinal)));
        Assert.Equal(["../Niche.Functions/host.json", "../Niche.Functions/wwwroot/**"], Copied(local, "Include"));
    }

    [Fact]
    public void Every_package_of_the_azure_head_has_a_central_version()
    {
        string[] wanted = [.. XDocument.Parse(Repository.Read(Head)).Descendants("PackageReference").Select(item => (string)item.Attribute("Include")!)];
        string[] known = [.. XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(item => (string)item.Attribute("Include")!)];
        Assert.Equal(5, wanted.Length);
        Assert.Empty(wanted.Except(known));
    }

    [Fact]
    public void The_only_difference_of_namespaces_is_in_the_using_items()
    {
        Assert.Equal(["Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Builder"], Usings(Head));
        Assert.Equal(["Niche.Triggers", "Niche.Triggers.Builder"], Usings(Local));
    }

    [Fact]
    public void The_example_of_settings_has_a_clock_expression_for_every_timer()
    {
        JsonObject values = JsonNode.Parse(Repository.Read("functions/Niche.Functions/local.settings.json.example"))!["Values"]!.AsObject();
        Assert.Equal("azure", (string?)values["Storage__Kind"]);
        Assert.Equal("dotnet-isolated", (string?)values["FUNCTIONS_WORKER_RUNTIME"]);
        AssertSchedules(values.Where(value => value.Key.StartsWith("Schedules__", StringComparison.Ordinal)).ToDictionary(value => value.Key[11..], value => (string)value.Value!));
        Assert.Contains("local.settings.json\n", Repository.Read(".gitignore"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs/run-on-azure.md")]
    [InlineData("infra/bicep/modules/functions.bicep")]
    public void Elsewhere_the_schedules_are_clock_expressions_too(string path)
    {
        AssertSchedules(Schedule().Matches(Repository.Read(path)).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value));
    }

    private static void AssertSchedules(Dictionary<string, string> schedules)
    {
        Assert.Equal(Schedules, schedules.Keys.Order(StringComparer.Ordinal));
        foreach (string schedule in schedules.Values)
        {
            // Flex Consumption knows no plain time spans.
            Assert.Equal(6, schedule.Split(Spaces, StringSplitOptions.RemoveEmptyEntries).Length);
            CronExpression.Parse(schedule, CronFormat.IncludeSeconds);
        }
    }

    private static bool HasSources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any();

    private static IEnumerable<string> Copied(XDocument project, string attribute) => project.Descendants("None")
        .Where(item => (string?)item.Attribute("CopyToOutputDirectory") == "PreserveNewest").Select(item => (string)item.Attribute(attribute)!);

    private static IEnumerable<string> Usings(string project) => XDocument.Parse(Repository.Read(project)).Descendants("Using").Select(item => (string)item.Attribute("Include")!);

    [GeneratedRegex("""Schedules__([A-Za-z]+)["']?: ["']([^"']+)["']""")]
    private static partial Regex Schedule();
}
