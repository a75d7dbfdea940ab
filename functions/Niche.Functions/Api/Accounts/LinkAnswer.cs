namespace Niche.Functions.Api.Accounts;

/// <summary>Answer of <c>POST /v1/link</c>.</summary>
/// <param name="Code">A fresh code, when one was asked for.</param>
/// <param name="Say">What to write to the bot with it.</param>
/// <param name="ExpiresInSeconds">How long it works.</param>
/// <param name="Key">The key that a code was exchanged for. It is told this once.</param>
/// <param name="Account">The account as it is now; absent beside a fresh code.</param>
public sealed record LinkAnswer(string? Code, string? Say, int? ExpiresInSeconds, string? Key, AccountView? Account);
