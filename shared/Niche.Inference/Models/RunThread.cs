using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Niche.Inference.Models;

/// <summary>One thread for all runs of a graph: what CUDA captures belongs to the thread that it was captured on.</summary>
internal sealed class RunThread : IDisposable
{
    private readonly BlockingCollection<Order> _orders = [];
    private readonly Thread _thread;

    public RunThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Works there and waits; what the work throws is thrown here.</summary>
    public void Do(Action work)
    {
        using var order = new Order(work);
        _orders.Add(order);
        order.Wait();
    }

    public void Dispose()
    {
        _orders.CompleteAdding();
        _thread.Join();
        _orders.Dispose();
    }

    private void Work()
    {
        foreach (var order in _orders.GetConsumingEnumerable()) order.Work();
    }

    private sealed class Order(Action work) : IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private ExceptionDispatchInfo? _error;

        public void Work()
        {
            try
            {
                work();
            }
            // Whoever ordered it gets it.
            catch (Exception e)
            {
                _error = ExceptionDispatchInfo.Capture(e);
            }
            _done.Set();
        }

        public void Wait()
        {
            _done.Wait();
            _error?.Throw();
        }

        public void Dispose() => _done.Dispose();
    }
}
