using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Miner.Endpoints;

/// <summary>The honest miner's work: the least busy endpoint that serves the model, another one when it fails, all within the deadline.</summary>
public sealed class EndpointWork(EndpointPool pool, EndpointClient client, TimeProvider time) : IMinerWork
{
    private const string ImageKind = "image", TextKind = "text";

    /// <inheritdoc/>
    public Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        return TryEachAsync(Candidates(order.Model, ImageKind), order.Timeout, (link, left, token) => client.PaintAsync(link, order, left, token), ct);
    }

    /// <inheritdoc/>
    public Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        return TryEachAsync(Candidates(order.Model, TextKind), order.Timeout, (link, left, token) => client.WriteAsync(link, order, left, token), ct);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> StreamAsync(TextOrder order, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        using var deadline = new CancellationTokenSource(order.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);

        // Another endpoint can step in only while nothing has been said; after that the text is bound to one.
        var (link, pieces) = await TryEachAsync(
            Candidates(order.Model, TextKind), order.Timeout,
            (candidate, left, _) => OpenAsync(candidate, order, left, either.Token), ct);
        link.Enter();
        try
        {
            await using (pieces)
                do
                    yield return pieces.Current;
                while (await NextAsync(pieces, deadline, ct));
        }
        finally
        {
            link.Leave();
        }
    }

    private async Task<(EndpointLink Link, IAsyncEnumerator<string> Pieces)> OpenAsync(
        EndpointLink link, TextOrder order, TimeSpan left, CancellationToken ct)
    {
        var pieces = client.StreamAsync(link, order, left, ct).GetAsyncEnumerator(ct);
        try
        {
            if (await pieces.MoveNextAsync()) return (link, pieces);
        }
        catch
        {
            await pieces.DisposeAsync();
            throw;
        }

        await pieces.DisposeAsync();
        throw EndpointAnswer.Unusable("the text is empty");
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<string> pieces, CancellationTokenSource deadline, CancellationToken ct)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw TooLate();
        }
    }

    private async Task<T> TryEachAsync<T>(
        IReadOnlyList<EndpointLink> candidates, TimeSpan timeout, Func<EndpointLink, TimeSpan, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        MinerWorkException? last = null;
        foreach (var link in candidates)
        {
            link.Enter();
            try
            {
                return await call(link, timeout - time.GetElapsedTime(started), either.Token);
            }
            catch (MinerWorkException fault) when (fault.IsEndpointFault)
            {
                link.Failed();
                last = fault;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw TooLate();
            }
            finally
            {
                link.Leave();
            }
        }

        throw last!;
    }

    private IReadOnlyList<EndpointLink> Candidates(string model, string kind)
    {
        var candidates = pool.For(model, kind);
        if (candidates.Count > 0) return candidates;
        throw pool.IsKnown
            ? new MinerWorkException(WorkOutcome.BadRequest, $"'model_name' must be one of: {string.Join(", ", pool.Models.Select(m => m.Name))}.")
            : new MinerWorkException(WorkOutcome.EndpointDown, "No model endpoint has answered yet.", TimeSpan.FromSeconds(2));
    }

    private static MinerWorkException TooLate() => new(WorkOutcome.Late, "The work did not finish in time.");
}
