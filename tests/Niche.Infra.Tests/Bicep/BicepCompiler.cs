using System.Runtime.InteropServices;

namespace Niche.Infra.Tests.Bicep;

/// <summary>The real compiler, out of the NuGet package that this project references.</summary>
internal static class BicepCompiler
{
    public const string NeedsLinux = "The Bicep compiler comes from the package Azure.Bicep.CommandLine.linux-x64: it runs on 64-bit x86 Linux only.";

    public static bool Runs { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static Task<ProcessResult> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(Runs, NeedsLinux);
        return ProcessResult.RunAsync(Executable(), arguments, TestContext.Current.CancellationToken);
    }

    private static string Executable()
    {
        var path = Repository.Metadata("BicepPath").Replace('\\', '/');
        Assert.True(File.Exists(path), $"The compiler is not at '{path}': run dotnet restore and build again.");

        // A NuGet client may unpack without the executable bit.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}
