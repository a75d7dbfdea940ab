using Niche.Subnet.Verification;

namespace Niche.Validator.Miners;

/// <summary>What came of asking a miner, before anybody looks at the content: content, or the verdict that ends the matter.</summary>
/// <typeparam name="T">Kind of content.</typeparam>
/// <param name="Content">What it sent; null on failure.</param>
/// <param name="Failure">Late, overloaded, unreachable or invalid; null when there is content.</param>
/// <param name="Took">Wall time of the call.</param>
/// <param name="RetryAfter">How long the miner asks to be left alone.</param>
public sealed record MinerAnswer<T>(T? Content, Verdict? Failure, TimeSpan Took, TimeSpan? RetryAfter)
    where T : class;
