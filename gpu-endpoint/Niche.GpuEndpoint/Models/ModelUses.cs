namespace Niche.GpuEndpoint.Models;

/// <summary>How much accepted work each model has.</summary>
internal sealed class ModelUses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, TaskCompletionSource Idle)> _byModel = new(StringComparer.Ordinal);

    public ModelUse Add(string model)
    {
        lock (_gate)
        {
            var (count, idle) = _byModel.GetValueOrDefault(model);
            _byModel[model] = (count + 1, idle ?? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        return new ModelUse(this, model);
    }

    /// <summary>Ends when a model has no work.</summary>
    public Task IdleAsync(string model)
    {
        lock (_gate) return _byModel.TryGetValue(model, out var use) ? use.Idle.Task : Task.CompletedTask;
    }

    public void Return(string model)
    {
        lock (_gate)
        {
            var (count, idle) = _byModel[model];
            if (count > 1)
            {
                _byModel[model] = (count - 1, idle);
                return;
            }
            _byModel.Remove(model);
            idle.SetResult();
        }
    }
}
