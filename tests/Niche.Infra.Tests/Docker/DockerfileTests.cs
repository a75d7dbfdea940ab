using System.Text.RegularExpressions;

namespace Niche.Infra.Tests.Docker;

/// <summary>What can be known of the images without a Docker engine.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Repository.PathOf("infra/docker"), "*Dockerfile").Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public void There_is_an_image_for_each_program() =>
        Assert.Equal(["endpoint.Dockerfile", "endpoint.gpu.Dockerfile", "functions.Dockerfile", "miner.Dockerfile"], Files.Select(row => row.Data));

    [Theory, MemberData(nameof(Files))]
    public void Everything_it_copies_exists_and_is_let_in_by_dockerignore(string file)
    {
        var sources = Parse(file).SelectMany(instruction => instruction.ContextSources()).ToArray();
        var let = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToHashSet();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Repository.PathOf(source)), $"{source} does not exist."));
        Assert.All(sources, source => Assert.Contains(source.Split('/')[0], let));
    }

    [Theory, MemberData(nameof(Files))]
    public void It_copies_every_project_that_the_restore_needs_before_restoring(string file)
    {
        var build = Parse(file).Where(instruction => instruction.Stage == 0).ToArray();
        var restore = Array.FindIndex(build, instruction => instruction.Name == "RUN" && instruction.Arguments.StartsWith("dotnet restore", StringComparison.Ordinal));
        var copied = build[..restore].SelectMany(instruction => instruction.ContextSources()).Where(source => source.EndsWith(".csproj", StringComparison.Ordinal));

        Assert.Equal(ProjectReferences.ClosureOf(ProjectOf(build[restore])).Order(), copied.Order());
    }

    [Theory, MemberData(nameof(Files))]
    public void It_copies_the_sources_of_every_project_before_publishing_the_one_it_restored(string file)
    {
        var build = Parse(file).Where(instruction => instruction.Stage == 0).ToArray();
        var restore = build.Single(instruction => instruction.Arguments.StartsWith("dotnet restore", StringComparison.Ordinal));
        var publish = build.Single(instruction => instruction.Arguments.StartsWith("dotnet publish", StringComparison.Ordinal));
        var folders = build.SelectMany(instruction => instruction.ContextSources()).Where(source => source.EndsWith('/')).ToArray();

        Assert.Equal(ProjectOf(restore), ProjectOf(publish));
        Assert.Contains("--no-restore", publish.Arguments, StringComparison.Ordinal);
        Assert.All(
            ProjectReferences.ClosureOf(ProjectOf(publish)),
            project => Assert.Contains(folders, folder => project.StartsWith(folder, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Files))]
    public void Its_last_stage_runs_as_nobody_special_and_is_checked(string file)
    {
        var instructions = Parse(file);
        var last = instructions.Where(instruction => instruction.Stage == instructions[^1].Stage).ToArray();
        var user = Assert.Single(last, instruction => instruction.Name == "USER");

        Assert.Matches(@"^(\$APP_UID|[1-9]\d*)$", user.Arguments);
        Assert.Single(last, instruction => instruction.Name == "HEALTHCHECK");
        Assert.DoesNotContain(last[Array.IndexOf(last, user)..], instruction => instruction.Name == "RUN");
        Assert.True(instructions[^1].Stage > 0, "One stage would ship the SDK.");
    }

    [Theory, MemberData(nameof(Files))]
    public void It_starts_the_project_it_published_on_the_port_it_exposes_and_checks(string file)
    {
        var instructions = Parse(file);
        var entry = instructions.Single(instruction => instruction.Name == "ENTRYPOINT").Arguments;
        var port = instructions.Single(instruction => instruction.Name == "EXPOSE").Arguments;
        var publish = instructions.Single(instruction => instruction.Arguments.StartsWith("dotnet publish", StringComparison.Ordinal));

        Assert.Contains($"\"{Path.GetFileNameWithoutExtension(ProjectOf(publish))}.dll\"", entry, StringComparison.Ordinal);
        Assert.Contains($"http://0.0.0.0:{port}", entry, StringComparison.Ordinal);
        Assert.Contains($"\"/usr/local/bin/healthcheck\", \"{port}\"", instructions.Single(instruction => instruction.Name == "HEALTHCHECK").Arguments, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Files))]
    public void It_holds_no_secret(string file) =>
        Assert.DoesNotMatch(@"(?i)(ENV|ARG)[^\n]*(secret|password|mnemonic|token|apikey)", Repository.Read($"infra/docker/{file}"));

    [Fact]
    public void Only_the_gpu_image_builds_with_the_gpu_runtime()
    {
        Assert.All(Files, row => Assert.Equal(row.Data.Contains(".gpu.", StringComparison.Ordinal), Repository.Read($"infra/docker/{row.Data}").Contains("-p:OnnxRuntime=Gpu", StringComparison.Ordinal)));
        Assert.Matches(@"FROM \$\{CUDA_IMAGE\} AS run", Repository.Read("infra/docker/endpoint.gpu.Dockerfile"));
    }

    [Fact]
    public void Each_endpoint_image_insists_on_what_it_was_built_for()
    {
        Assert.Contains("NICHE_ENDPOINT_PROVIDER=cpu", Repository.Read("infra/docker/endpoint.Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("NICHE_ENDPOINT_PROVIDER=cuda", Repository.Read("infra/docker/endpoint.gpu.Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("\"NICHE_ENDPOINT_PROVIDER\"", Repository.Read("gpu-endpoint/Niche.GpuEndpoint/Providers/ProviderFlags.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_gpu_image_is_not_built_on_a_base_that_lacks_a_library()
    {
        var check = Assert.Single(Parse("endpoint.gpu.Dockerfile"), instruction => instruction.Arguments.Contains("ldd libonnxruntime_providers_cuda.so", StringComparison.Ordinal));

        Assert.Contains("libcudnn.so.9", check.Arguments, StringComparison.Ordinal);
        Assert.Contains("exit 1", check.Arguments, StringComparison.Ordinal);
        Assert.Matches("ARG CUDA_IMAGE=nvidia/cuda:13[^\n]*cudnn-runtime", Repository.Read("infra/docker/endpoint.gpu.Dockerfile"));
    }

    private static IReadOnlyList<DockerInstruction> Parse(string file) => DockerInstruction.Parse(Repository.Read($"infra/docker/{file}"));

    private static string ProjectOf(DockerInstruction instruction) => Project().Match(instruction.Arguments).Value;

    [GeneratedRegex(@"\S+\.csproj")]
    private static partial Regex Project();
}
