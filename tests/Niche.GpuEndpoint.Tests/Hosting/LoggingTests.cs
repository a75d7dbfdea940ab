using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.GpuEndpoint.Engines;

namespace Niche.GpuEndpoint.Tests.Hosting;

public sealed class LoggingTests
{
    private const string Secret = "zanzibar";

    [Fact]
    public async Task Prompts_never_reach_the_log_whatever_happens_to_them()
    {
        using var log = new LogCollector();
        await using var endpoint = await RunningEndpoint.StartAsync(services: services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
            services.AddSingleton<IImageEngine, BrokenEngine>();
        });

        var (failed, _) = await endpoint.PostAsync("/generate", $$"""{"prompt":"{{Secret}}"}""");
        await endpoint.PostAsync("/generate", $$"""{"prompt":"{{Secret}}","seed":-1}""");
        await endpoint.PostAsync("/generate", $$"""{"prompt":"{{Secret}}""");
        await endpoint.PostAsync("/generate", $$"""{"prompt_input":"{{Secret}}","max_tokens":2}""");
        await endpoint.PostAsync("/features", $$"""{"image":"{{Secret}}","text":"{{Secret}}"}""");

        Assert.Equal(500, (int)failed);
        Assert.Contains(log.Lines, line => line.Contains("/generate failed", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class BrokenEngine : IImageEngine
    {
        public Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation) =>
            throw new InvalidOperationException("The engine is broken.");
    }
}
