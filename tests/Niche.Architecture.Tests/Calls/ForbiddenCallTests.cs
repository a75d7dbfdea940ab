using System.Reflection;
using System.Runtime.CompilerServices;

namespace Niche.Architecture.Tests.Calls;

/// <summary>Clocks, chance and waiting come from outside; libraries do not talk to the terminal.</summary>
public sealed class ForbiddenCallTests
{
    private static readonly string[] Everywhere =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Random.get_Shared", "System.Threading.Thread.Sleep", "System.Threading.Tasks.Task.Wait", "System.Threading.Tasks.Task.WaitAll",
        "System.Threading.Tasks.Task.WaitAny", "System.Threading.Tasks.Task`1.get_Result", "System.Threading.Tasks.ValueTask`1.get_Result", "System.GC.Collect",
    ];

    private static readonly string[] InLibraries = ["System.Console.Write", "System.Console.WriteLine", "System.Environment.Exit"];

    // Programs may talk to their terminal.
    private static readonly string[] Programs = ["Niche.Functions.Local", "Niche.GpuEndpoint", "Niche.Miner", "Niche.Local", "Niche.Bots.Host", "Niche.Cli"];

    private static IEnumerable<string> Assemblies => Repository.Projects.Where(project => !Repository.IsTest(project)).Select(Repository.NameOf)
        .Where(name => File.Exists(FileOf(name)));

    [Fact]
    public void Nothing_reads_the_clock_draws_or_blocks_by_itself() => Rule.Holds(
        "Take TimeProvider, a random source, await.", Assemblies.SelectMany(name => Used(name, Everywhere)));

    [Fact]
    public void Libraries_do_not_talk_to_the_terminal() => Rule.Holds(
        "Return it, or log it.", Assemblies.Except(Programs).SelectMany(name => Used(name, InLibraries)));

    [Fact]
    public void Nothing_is_async_void() => Rule.Holds(
        "Return Task: what async void throws ends the process.",
        Assemblies.SelectMany(name => Assembly.Load(name).GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));

    [Fact]
    public void The_reader_of_metadata_sees_calls()
    {
        IReadOnlySet<string> seen = CalledMembers.Of(typeof(ForbiddenCallTests).Assembly.Location);
        Assert.Contains("System.IO.File.Exists", seen);
        Assert.Contains("System.Collections.Generic.HashSet`1.Add", seen);
    }

    private static IEnumerable<string> Used(string assembly, string[] forbidden) =>
        CalledMembers.Of(FileOf(assembly)).Intersect(forbidden).Select(member => $"{assembly} uses {member}; look at {string.Join(", ", Suspects(assembly, member))}");

    private static IEnumerable<string> Suspects(string assembly, string member)
    {
        string word = "." + member.Split('.')[^1].Replace("get_", "", StringComparison.Ordinal);
        return Repository.ProductSources.Where(path => Repository.NameOf(Repository.ProjectOf(path) ?? "") == assembly)
            .Where(path => Repository.Read(path).Contains(word, StringComparison.Ordinal));
    }

    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}
