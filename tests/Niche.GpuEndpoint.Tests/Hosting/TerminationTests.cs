using System.Diagnostics;
using System.Net;
using System.Text;

namespace Niche.GpuEndpoint.Tests.Hosting;

/// <summary>The program, told to stop as a container's runtime does it.</summary>
public sealed class TerminationTests
{
    private const int Pictures = 5;

    [Fact]
    public async Task Told_to_stop_the_program_finishes_every_picture_that_it_accepted_and_ends_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        var now = TestContext.Current.CancellationToken;
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Niche.GpuEndpoint.dll"), "--urls", "http://127.0.0.1:0", "--only", "image", "--threads", "1"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var line = "";
            while (line is not null && !line.StartsWith("niche-endpoint listens on ", StringComparison.Ordinal)) line = await program.StandardOutput.ReadLineAsync(now);
            _ = program.StandardOutput.ReadToEndAsync(now);
            using var client = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[^1]) };
            while (await StatusAsync(client, "/health/ready") != HttpStatusCode.OK) await Task.Yield();
            var asked = Enumerable.Range(0, Pictures).Select(i => client.PutAsync($"/predictions/p{i}",
                new StringContent($$"""{"input":{"seed":{{i}},"prompt":"a red house","pipeline_params":{"num_inference_steps":50} } }""", Encoding.UTF8, "application/json"), now)).ToArray();
            for (var i = 0; i < Pictures; i++)
            {
                while (await StatusAsync(client, $"/predictions/p{i}") != HttpStatusCode.OK) await Task.Yield();
            }

            using (var kill = Process.Start("kill", ["-TERM", $"{program.Id}"])) await kill.WaitForExitAsync(now);
            var answers = await Task.WhenAll(asked);
            await program.WaitForExitAsync(now);

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            Assert.Equal(0, program.ExitCode);
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
