using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Tests.Engines;

public sealed class EngineDecorationTests(RunningEndpoint honest)
{
    private const string Body = """{"prompt":"a red house in the mountains at night with a full moon","seed":7}""";

    [Fact]
    public async Task A_decorator_can_change_what_is_painted_but_not_what_is_claimed()
    {
        await using var cheat = await RunningEndpoint.StartAsync(services: services => Decorate(services, inner => new HalfSteps(inner)));

        var (_, answer) = await cheat.PostAsync("/generate", Body);

        Assert.Equal(20, answer.GetProperty("steps").GetInt32());
        Assert.Equal(
            await honest.PaintAsync(Body.Replace("}", ""","pipeline_params":{"num_inference_steps":10}}""", StringComparison.Ordinal)),
            answer.GetProperty("image").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_client_that_leaves_stops_the_work_and_frees_its_turn()
    {
        var watch = new Watcher();
        await using var endpoint = await RunningEndpoint.StartAsync(services: services => Decorate(services, watch.Around));
        using var leave = new CancellationTokenSource();
        using var content = new StringContent("""{"prompt":"a","pipeline_params":{"num_inference_steps":50}}""", Encoding.UTF8);
        var request = endpoint.Client.PostAsync("/generate", content, leave.Token);
        await watch.Started.Task.WaitAsync(TestContext.Current.CancellationToken);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await watch.Stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(await endpoint.PaintAsync(Body));
        Assert.Equal(0, endpoint.Services.GetRequiredService<WorkLanes>().Images.Inside);
    }

    private static void Decorate(IServiceCollection services, Func<IImageEngine, IImageEngine> around)
    {
        var original = services.Single(s => s.ServiceType == typeof(IImageEngine)).ImplementationType!;
        services.AddSingleton(provider =>
            around((IImageEngine)ActivatorUtilities.CreateInstance(provider, original)));
    }

    private sealed class HalfSteps(IImageEngine inner) : IImageEngine
    {
        public async Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation) =>
            await inner.GenerateAsync(job with { Steps = job.Steps / 2 }, cancellation) with { Steps = job.Steps };
    }

    private sealed class Watcher
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IImageEngine Around(IImageEngine inner) => new Watched(this, inner);

        private sealed class Watched(Watcher watch, IImageEngine inner) : IImageEngine
        {
            public async Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation)
            {
                watch.Started.TrySetResult();
                try
                {
                    return await inner.GenerateAsync(job, cancellation);
                }
                catch (OperationCanceledException)
                {
                    watch.Stopped.TrySetResult();
                    throw;
                }
            }
        }
    }
}
