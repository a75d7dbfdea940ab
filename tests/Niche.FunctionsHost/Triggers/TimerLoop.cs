using Cronos;
using Niche.FunctionsHost.Protocol;

namespace Niche.FunctionsHost.Triggers;

/// <summary>Runs one function by its schedule, never twice at a time.</summary>
internal sealed class TimerLoop(Worker worker, HostedFunction function, IReadOnlyDictionary<string, string> settings)
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task RunAsync(CancellationToken ct)
    {
        // %Schedules:Name% stands for a setting, which the environment spells with two underscores.
        string setting = ((string)function.Trigger["schedule"]!).Trim('%').Replace(":", "__", StringComparison.Ordinal);
        CronExpression schedule = CronExpression.Parse(settings[setting], CronFormat.IncludeSeconds);
        while (!ct.IsCancellationRequested)
        {
            DateTime now = DateTime.UtcNow;
            await Task.Delay(schedule.GetNextOccurrence(now)!.Value - now + TimeSpan.FromMilliseconds(1), ct);
            try
            {
                await FireAsync(ct);
            }
            catch (InvalidOperationException)
            {
                // A failed run is logged by the worker; the next one comes by the clock.
            }
        }
    }

    public async Task FireAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            Value timer = new() { Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""" };
            await worker.InvokeAsync(Guid.NewGuid().ToString(), function, timer, new Dictionary<string, string>(), ct);
        }
        finally
        {
            _one.Release();
        }
    }
}
