using System.Text.Json.Nodes;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>What a node does wrong, and for how many calls. Safe for concurrent use.</summary>
public sealed class NodeMischief
{
    private readonly Lock _gate = new();
    private readonly List<Plan> _plans = [];

    public enum Kind
    {
        /// <summary>Never answers; the connection stays open.</summary>
        Stall,

        /// <summary>Breaks the connection instead of answering.</summary>
        Disconnect,

        /// <summary>Does what it was asked, then breaks the connection instead of answering.</summary>
        LoseAnswer,

        /// <summary>Answers with bytes that are not JSON.</summary>
        Garbage,

        /// <summary>Answers, under the id of another call.</summary>
        WrongId,

        /// <summary>Answers with both a result and an error.</summary>
        TwoAnswers,

        /// <summary>HTTP 500; over WebSocket as Garbage.</summary>
        ServerError,

        /// <summary>HTTP 429; over WebSocket as Garbage.</summary>
        TooMany,

        /// <summary>Answers with twenty megabytes.</summary>
        Flood,

        /// <summary>Answers with something else than the truth.</summary>
        Lie,
    }

    /// <summary>From now on, for some calls of a method (of any, when null).</summary>
    public void Plot(Kind kind, string? method = null, int times = int.MaxValue, JsonNode? lie = null)
    {
        lock (_gate) _plans.Add(new Plan(kind, method, lie) { Left = times });
    }

    public void Repent()
    {
        lock (_gate) _plans.Clear();
    }

    /// <summary>What to do wrong with this call.</summary>
    internal (Kind Kind, JsonNode? Lie)? Take(string method)
    {
        lock (_gate)
        {
            var plan = _plans.Find(one => one.Left > 0 && (one.Method ?? method) == method);
            if (plan is null) return null;
            plan.Left--;
            return (plan.Kind, plan.Lie?.DeepClone());
        }
    }

    private sealed record Plan(Kind Kind, string? Method, JsonNode? Lie)
    {
        public int Left { get; set; }
    }
}
