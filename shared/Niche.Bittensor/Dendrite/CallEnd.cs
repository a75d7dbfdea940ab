using System.Net.Sockets;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>Status, words and outcome of a call that has ended, before they become a result.</summary>
internal sealed record CallEnd(int StatusCode, string StatusMessage, SynapseOutcome Outcome)
{
    private const int MaxMessageLength = 1024;

    public static CallEnd Timeout(TimeSpan timeout) =>
        new(408, $"Request timeout after {PythonText.OfFloat(timeout.TotalSeconds)} seconds", SynapseOutcome.Timeout);

    public static CallEnd Malformed(string reason) => new(422, $"Failed to parse response: {reason}", SynapseOutcome.Malformed);

    public static CallEnd TooLarge(long limit) =>
        new(413, string.Create(null, $"The answer is larger than {limit} bytes"), SynapseOutcome.TooLarge);

    /// <summary>A status that the axon stated itself; 2xx without success and 3xx are its failures too.</summary>
    public static CallEnd Stated(int status, string? message)
    {
        var outcome = status switch
        {
            >= 400 and < 500 => SynapseOutcome.Rejected,
            >= 500 and < 600 => SynapseOutcome.ServerError,
            _ => SynapseOutcome.Malformed,
        };
        return new CallEnd(status, Cut(message ?? "The axon gave no reason."), outcome);
    }

    public static CallEnd Broken(Exception fault, string target) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError } => Malformed("not HTTP"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new CallEnd(413, "The headers of the answer are larger than allowed", SynapseOutcome.TooLarge),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
            or HttpRequestException { InnerException: SocketException } => new CallEnd(503, $"Service unavailable at {target}", SynapseOutcome.Unreachable),
        _ => new CallEnd(503, $"Service disconnected: {target}", SynapseOutcome.Unreachable),
    };

    public static string Cut(string message)
    {
        var line = message.ReplaceLineEndings(" ");
        return line.Length <= MaxMessageLength ? line : line[..MaxMessageLength];
    }
}
