using System.Text.RegularExpressions;
using Niche.Infra.Tests.Docker;

namespace Niche.Infra.Tests.Compose;

public sealed partial class ComposeTests
{
    private readonly ComposeFile _compose = ComposeFile.Read();

    public static TheoryData<string> Services => [.. ComposeFile.Read().Services.Keys];

    [Fact]
    public void It_runs_a_validator_a_trusted_endpoint_and_a_miner() =>
        Assert.Equal(["endpoint", "functions", "miner"], _compose.Services.Keys.Order());

    [Theory, MemberData(nameof(Services))]
    public void A_service_can_change_nothing_but_its_volumes(string name)
    {
        var service = _compose.Services[name];

        Assert.Equal("true", service.Text("read_only"));
        Assert.Equal(["ALL"], service.Texts("cap_drop"));
        Assert.Contains("no-new-privileges:true", service.Texts("security_opt"));
        Assert.False(service.Keys.ContainsKey("cap_add") || service.Keys.ContainsKey("privileged"));
        Assert.DoesNotContain(service.Texts("volumes"), volume => volume.Contains("docker.sock", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Services))]
    public void A_port_is_published_on_loopback_only_and_is_the_images_port(string name)
    {
        var exposed = Dockerfile(name).Single(instruction => instruction.Name == "EXPOSE").Arguments;
        var port = Assert.Single(_compose.Services[name].Texts("ports"));

        Assert.Matches($@"^127\.0\.0\.1:\$\{{\w+:-\d+\}}:{exposed}$", port);
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_builds_from_a_dockerfile_that_checks_its_health(string name)
    {
        var build = _compose.Services[name].Map("build");

        Assert.Equal(Repository.Root, Path.GetFullPath((string)build["context"], Path.GetDirectoryName(Repository.PathOf(ComposeFile.Location))!));
        Assert.Contains(Dockerfile(name), instruction => instruction.Name == "HEALTHCHECK");
    }

    [Theory, MemberData(nameof(Services))]
    public void A_service_waits_until_what_it_needs_is_healthy(string name)
    {
        var needs = _compose.Services[name].Map("depends_on");

        Assert.All(needs, need =>
        {
            Assert.Contains((string)need.Key, _compose.Services.Keys);
            Assert.Equal("service_healthy", ComposeFile.Map(need.Value)["condition"]);
        });
        Assert.Equal(name == "endpoint", needs.Count == 0);
    }

    [Theory, MemberData(nameof(Services))]
    public void A_named_volume_and_a_secret_are_declared(string name)
    {
        var service = _compose.Services[name];
        var volumes = service.Texts("volumes").Select(volume => volume.Split(':')[0]).Where(source => NamedVolume().IsMatch(source));

        Assert.Empty(volumes.Except(_compose.Names("volumes")));
        Assert.Empty(service.Texts("secrets").Except(_compose.Names("secrets")));
    }

    [Theory, MemberData(nameof(Services))]
    public void A_setting_is_one_that_the_program_reads(string name)
    {
        var project = Entry().Match(Dockerfile(name).Single(instruction => instruction.Name == "ENTRYPOINT").Arguments).Groups[1].Value;
        string[] rooms = ["functions", "gpu-endpoint"];
        var home = rooms.Select(room => Repository.PathOf($"{room}/{project}")).Single(Directory.Exists);
        Assert.SkipUnless(File.Exists(Path.Combine(home, "Program.cs")), $"{project} has no Program.cs yet, so nothing is known of its settings.");
        string[] folders = [home, Repository.PathOf("functions/Niche.Validator"), Repository.PathOf("shared")];
        var sources = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText).ToArray();

        var variables = _compose.Services[name].Map("environment").Keys.Select(key => ((string)key).Split("__")[^1]);
        var options = _compose.Services[name].Texts("command").Select(argument => $"\"{argument.Split('=')[0]}\"");

        Assert.All(variables, variable => Assert.Contains(sources, source => Regex.IsMatch(source, $@"\b{variable}\b")));
        Assert.All(options, option => Assert.Contains(sources, source => source.Contains(option, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_variable_has_a_default_or_a_line_in_the_example_and_none_of_them_is_a_secret()
    {
        var example = Repository.Read("infra/compose/.env.example");
        var named = ExampleLine().Matches(example).Select(match => match.Groups[1].Value).ToHashSet();
        var used = Variable().Matches(Repository.Read(ComposeFile.Location)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal(used.Order(), named.Order());
        Assert.DoesNotMatch(@"(?im)^\w*(secret|password|mnemonic|token|seed)\w*=[^\S\n]*\S", example);
    }

    private IReadOnlyList<DockerInstruction> Dockerfile(string service) =>
        DockerInstruction.Parse(Repository.Read((string)_compose.Services[service].Map("build")["dockerfile"]));

    [GeneratedRegex(@"([\w.]+)\.dll")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^[a-z][\w-]*$")]
    private static partial Regex NamedVolume();

    [GeneratedRegex(@"(?m)^#?\s?([A-Z][A-Z0-9_]*)=")]
    private static partial Regex ExampleLine();

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Variable();
}
