using System.Diagnostics;

namespace Niche.GpuEndpoint.Tests.Providers;

/// <summary>The endpoint as a program of its own.</summary>
internal static class EndpointProgram
{
    /// <summary>Name of the program.</summary>
    public const string File = "Niche.GpuEndpoint.dll";

    /// <summary>Runs a build of it to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        var now = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(now), process.StandardError.ReadToEndAsync(now));
        await process.WaitForExitAsync(now);
        return (process.ExitCode, await output, await errors);
    }
}
