using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Providers;

/// <summary>Tells the log what computes and why, once.</summary>
internal sealed partial class ProviderReport(ProviderChoice choice, ILogger<ProviderReport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Chosen(choice.Reason);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "{Reason}")]
    private partial void Chosen(string reason);
}
