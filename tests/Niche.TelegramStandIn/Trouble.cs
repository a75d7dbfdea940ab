using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn;

/// <summary>Something that goes wrong on purpose.</summary>
/// <param name="When">Calls that it meets.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Times">How often.</param>
/// <param name="Answer">The answer instead of the true one, with <see cref="TroubleKind.Answer"/>.</param>
public sealed record Trouble(Func<ApiCall, bool> When, TroubleKind Kind, int Times = 1, ApiAnswer? Answer = null)
{
    internal int Left { get; set; } = Times;

    /// <summary>Calls of one method are answered with this.</summary>
    public static Trouble Refuse(string method, ApiAnswer answer, int times = 1) => new(call => call.Method == method, TroubleKind.Answer, times, answer);
}
