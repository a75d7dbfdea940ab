using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>
/// Run options that a cancellation token can stop in the middle of a graph, and the translation of the runtime's answer to that.
/// </summary>
public sealed class CancellableRun : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Ties fresh run options to a token.</summary>
    /// <param name="cancellation">The caller's wish to stop.</param>
    public CancellableRun(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _registration = cancellation.Register(static state => ((RunOptions)state!).Terminate = true, Options);
    }

    /// <summary>Options to hand to every run of this job. What goes wrong comes as an exception and need not be printed too.</summary>
    public RunOptions Options { get; } = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <summary>Does the work; a terminated run surfaces as <see cref="OperationCanceledException"/>.</summary>
    /// <param name="work">Runs graphs with <see cref="Options"/>.</param>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <exception cref="InferenceException">Memory was short: code <see cref="MemoryShortage.Code"/>.</exception>
    public T Do<T>(Func<RunOptions, T> work)
    {
        try
        {
            return work(Options);
        }
        catch (OnnxRuntimeException) when (_cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancellation);
        }
        catch (Exception e) when (e is OnnxRuntimeException or OutOfMemoryException && MemoryShortage.Is(e))
        {
            throw MemoryShortage.Error(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The registration first: it touches the options.
        _registration.Dispose();
        Options.Dispose();
    }
}
