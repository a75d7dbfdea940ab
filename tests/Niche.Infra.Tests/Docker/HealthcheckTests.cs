using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Niche.Infra.Tests.Docker;

/// <summary>The script that the images check themselves with, against a real server.</summary>
public sealed class HealthcheckTests
{
    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    [InlineData(503, false)]
    public async Task It_agrees_with_the_servers_status(int status, bool healthy)
    {
        await using var server = await StartAsync(status);
        var port = PortOf(server);

        Assert.Equal(healthy, await CheckAsync(port, "/health/ready") == 0);
    }

    [Fact]
    public async Task It_fails_when_nobody_listens()
    {
        int port;
        await using (var server = await StartAsync(200))
            port = PortOf(server);

        Assert.NotEqual(0, await CheckAsync(port, "/health/ready"));
    }

    private static int PortOf(WebApplication server) => new Uri(server.Urls.Single()).Port;

    private static async Task<int> CheckAsync(int port, string path)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "The script needs bash, as the images have it.");
        string[] arguments = [Repository.PathOf("infra/docker/healthcheck.sh"), port.ToString(CultureInfo.InvariantCulture), path];
        return (await ProcessResult.RunAsync("/bin/bash", arguments, TestContext.Current.CancellationToken)).ExitCode;
    }

    private static async Task<WebApplication> StartAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.MapGet("/health/ready", () => Results.StatusCode(status));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
