using System.Runtime.CompilerServices;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Synapses;
using Niche.Miner.Admission;
using Niche.Miner.Status;
using Niche.Miner.Work;

namespace Niche.Miner.Serving;

/// <summary>Runs one admitted request to its end: slot and quota returned as they should be, the outcome counted, a failure told honestly.</summary>
internal sealed class WorkRunner(FrontDesk desk, Tally tally, TimeProvider time)
{
    /// <summary>One answer.</summary>
    /// <param name="order">Checks the request, given the time there is for it; before any quota is taken.</param>
    /// <param name="work">Does it and fills the synapse.</param>
    public async Task<AxonReply<T>> RunAsync<T, TOrder>(
        AxonCaller caller, Func<TimeSpan, TOrder> order, Func<TOrder, CancellationToken, Task<T>> work, CancellationToken ct)
        where T : Synapse
        where TOrder : WorkOrder
    {
        var started = time.GetTimestamp();
        try
        {
            var asked = order(desk.TimeoutOf(caller));
            using var permit = await desk.AdmitAsync(caller, ct);
            var answer = await GuardAsync(permit, () => work(Within(asked, permit.Timeout), ct));
            Note<T>(started, null);
            return AxonReply.Success(answer);
        }
        catch (MinerWorkException refusal)
        {
            Note<T>(started, refusal);
            return AxonReply.Failure<T>(refusal.StatusCode, refusal.Message, refusal.RetryAfter);
        }
        catch (Exception fault)
        {
            Note<T>(started, fault);
            throw;
        }
    }

    /// <summary>A stream. It is a success once its first piece is there; until then it can fail honestly.</summary>
    public async Task<AxonStreamReply> StreamAsync<T, TOrder>(
        AxonCaller caller, Func<TimeSpan, TOrder> order, Func<TOrder, CancellationToken, IAsyncEnumerable<string>> work, CancellationToken ct)
        where T : Synapse
        where TOrder : WorkOrder
    {
        var started = time.GetTimestamp();
        WorkPermit? permit = null;
        IAsyncEnumerator<string>? pieces = null;
        try
        {
            var asked = order(desk.TimeoutOf(caller));
            permit = await desk.AdmitAsync(caller, ct);
            pieces = work(Within(asked, permit.Timeout), ct).GetAsyncEnumerator(ct);
            var any = await GuardAsync(permit, async () => await pieces.MoveNextAsync());
            return AxonStreamReply.Success(RestAsync<T>(pieces, any, permit, started, ct));
        }
        catch (Exception fault)
        {
            if (pieces is not null) await pieces.DisposeAsync();
            permit?.Dispose();
            Note<T>(started, fault);
            if (fault is not MinerWorkException refusal) throw;
            return AxonStreamReply.Failure(refusal.StatusCode, refusal.Message, refusal.RetryAfter);
        }
    }

    private async IAsyncEnumerable<string> RestAsync<T>(
        IAsyncEnumerator<string> pieces, bool any, WorkPermit permit, long started, [EnumeratorCancellation] CancellationToken ct)
    {
        Exception? fault = new OperationCanceledException(ct); // Stands when the reader leaves in the middle.
        try
        {
            while (any)
            {
                yield return pieces.Current;
                try
                {
                    any = await pieces.MoveNextAsync();
                }
                catch (Exception broken)
                {
                    fault = broken;
                    throw;
                }
            }

            fault = null;
        }
        finally
        {
            await pieces.DisposeAsync();
            permit.Dispose();
            Note<T>(started, fault);
        }
    }

    private static TOrder Within<TOrder>(TOrder order, TimeSpan timeout)
        where TOrder : WorkOrder => (TOrder)(order with { Timeout = timeout });

    // Late work was work; anything else that failed must not cost the caller's quota.
    private static async Task<T> GuardAsync<T>(WorkPermit permit, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MinerWorkException fault) when (fault.Outcome != WorkOutcome.Late)
        {
            permit.GiveBack();
            throw;
        }
    }

    private void Note<T>(long started, Exception? fault)
    {
        var outcome = fault switch
        {
            null => WorkOutcome.Served,
            MinerWorkException refusal => refusal.Outcome,
            OperationCanceledException => WorkOutcome.CallerLeft,
            _ => WorkOutcome.Fault,
        };

        // Words of an unexpected fault may hold anything; its type says enough here.
        tally.Note(typeof(T).Name, outcome, time.GetElapsedTime(started), fault is MinerWorkException ? fault.Message : fault?.GetType().Name);
    }
}
