using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Routes;

namespace Niche.GpuEndpoint.Predictions;

/// <summary>Accepts predictions and works them off in the image lane, whether or not anybody waits for them.</summary>
internal sealed partial class PredictionDesk(PredictionStore store, ImageDesk images, TimeProvider time, ILogger<PredictionDesk> log)
{
    /// <summary>The prediction of that id, started if it is new.</summary>
    /// <exception cref="QueueFullException">Too many wait.</exception>
    /// <exception cref="PredictionConflictException">The id is taken by another body.</exception>
    public Prediction Start(string id, PredictionOrder order)
    {
        var (prediction, place) = store.Add(id, order, () => images.Enter(order.Job, order.Priority, order.Timeout));
        if (place is not null) _ = Task.Run(() => WorkAsync(prediction, place), CancellationToken.None);
        return prediction;
    }

    private async Task WorkAsync(Prediction prediction, WorkPlace place)
    {
        PredictionState end;
        try
        {
            using var deadline = new CancellationTokenSource(prediction.Order.Timeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, prediction.Stopped);
            var job = prediction.Order.Job with { Progress = new StepReports(prediction) };
            void Begin() => prediction.Change(s => s with { Status = PredictionStatus.Processing, Started = time.GetUtcNow() });
            var made = await images.PaintAsync(place, job, Begin, stop.Token);
            end = new PredictionState(PredictionStatus.Succeeded) { Output = made };
        }
        catch (OperationCanceledException) when (prediction.Stopped.IsCancellationRequested)
        {
            end = new PredictionState(PredictionStatus.Canceled);
        }
        // Nobody is above this task: every failure must end in the prediction, or those who wait for it wait for ever.
        catch (Exception e)
        {
            var problem = ProblemMiddleware.Describe(e);
            if (problem.Status == 500) Failed(e, prediction.Id);
            end = new PredictionState(PredictionStatus.Failed) { Error = problem };
        }
        prediction.Change(s => end with { Step = s.Step, Total = s.Total, Started = s.Started, Completed = time.GetUtcNow() });
        prediction.Dispose();
        store.Trim();
    }

    [LoggerMessage(LogLevel.Error, "Prediction {Id} failed")]
    private partial void Failed(Exception error, string id);
}
