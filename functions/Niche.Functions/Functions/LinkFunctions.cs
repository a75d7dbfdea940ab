using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Bots.Accounts;
using Niche.Bots.Orders;
using Niche.Bots.People;
using Niche.Functions.Api;
using Niche.Functions.Api.Accounts;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions;

/// <summary>Joins the account of a key with a chat's, in both directions, and parts them.</summary>
public sealed class LinkFunctions(
    CallerReader callers, AccountReader reader, Linking linking, AccountStore accounts, AccountRules rules, ApiKeyStore keys, TimeProvider time)
{
    private const int TriesOfCaller = 10, TriesOfAddress = 60, MaxName = 60;

    [Function("Link")]
    public async Task<IActionResult> Link(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/link")] HttpRequest request, CancellationToken ct)
    {
        (LinkBody? body, List<NicheError> faults) = await BodyReader.ReadAsync<LinkBody>(request, ct);
        if (body?.Name is { Length: > MaxName }) faults.Add(ErrorCatalogue.OutOfRange(ErrorCodes.InvalidParameter, "name", 0, MaxName));
        if (body is null || faults.Count > 0) return Problem.From(request, faults);
        (Caller? caller, NicheError? error) = body.Code is null ? await callers.RequireAsync(request, ct) : await callers.LookAsync(request, ct);
        if (error is not null) return Problem.From(request, error);
        if (caller is not null && await rules.IsBannedAsync(caller.Account, ct)) return Problem.From(request, Banned());
        if (body.Code is { } code) return await TakeAsync(request, caller, code, body.Name ?? "", ct);
        string fresh = await linking.OfferAsync(caller!.Member, ct);
        return ApiJson.Answer(request, new LinkAnswer(fresh, $"/link {fresh}", (int)LinkStore.Lifetime.TotalSeconds, null, null));
    }

    [Function("Unlink")]
    public async Task<IActionResult> Unlink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/link")] HttpRequest request, CancellationToken ct)
    {
        (Caller? caller, NicheError? error) = await callers.RequireAsync(request, ct);
        if (caller is null) return Problem.From(request, error!);
        if (await rules.IsBannedAsync(caller.Account, ct)) return Problem.From(request, Banned());
        return await accounts.LeaveAsync(caller.Account, caller.Member, ct)
            ? ApiJson.Answer(request, await ShowAsync(caller.Member, caller.Key, ct))
            : Problem.From(request, Conflict("This account is not joined to any other."));
    }

    private async Task<IActionResult> TakeAsync(HttpRequest request, Caller? caller, string code, string name, CancellationToken ct)
    {
        string attempt = TimeOrderedId.Create(time.GetUtcNow());
        (Member? maker, TimeSpan? wait) = caller is null
            ? await linking.TakeAsync(code, "address-" + AddressOf(request), TriesOfAddress, attempt, ct)
            : await linking.TakeAsync(code, caller.Member.Key, TriesOfCaller, attempt, ct);
        if (wait is { } rest)
            return Problem.From(request, ErrorCatalogue.Create(ErrorCodes.QuotaExceeded, "Too many codes were tried in this hour.", "code", retryAfter: rest));
        if (maker is null)
            return Problem.From(request, ErrorCatalogue.Create(ErrorCodes.InvalidLinkCode, "The code is unknown, used, or older than ten minutes. /link in a chat makes a new one.", "code"));
        return caller is null ? await SignInAsync(request, maker, name, attempt, ct) : await JoinAsync(request, caller, maker, ct);
    }

    private async Task<IActionResult> JoinAsync(HttpRequest request, Caller caller, Member maker, CancellationToken ct) =>
        await accounts.JoinAsync(caller.Member, maker, ct) switch
        {
            JoinOutcome.Joined or JoinOutcome.AlreadyOne => ApiJson.Answer(request, new LinkAnswer(null, null, null, null, await ShowAsync(caller.Member, caller.Key, ct))),
            JoinOutcome.TooMany => Problem.From(request, Conflict($"An account can have {AccountStore.MaxMembers} members at most.")),
            _ => Problem.From(request, Conflict("One of the accounts was changed at this moment. Make a new code and try again.")),
        };

    // A code without a key: whoever holds it gets a key of the account that made it.
    private async Task<IActionResult> SignInAsync(HttpRequest request, Member maker, string name, string attempt, CancellationToken ct)
    {
        if (await rules.IsBannedAsync(await accounts.OfAsync(maker.Platform, maker.UserId, ct), ct)) return Problem.From(request, Banned());
        return await keys.CreateAsync(maker, name, attempt, ct) is { } made
            ? ApiJson.Answer(request, new LinkAnswer(null, null, null, made.Secret, await ShowAsync(maker, made.Kept, ct)))
            : Problem.From(request, Conflict($"The account has {ApiKeyStore.MaxKeys} keys already. Revoke one with /link in a chat."));
    }

    private async Task<AccountView> ShowAsync(Member member, ApiKey key, CancellationToken ct) =>
        await reader.ReadAsync(await accounts.OfAsync(member.Platform, member.UserId, ct), key, ct);

    private static NicheError Banned() => ErrorCatalogue.Create(ErrorCodes.AccountBanned, "The operators of this service banned the account.");

    private static NicheError Conflict(string detail) => ErrorCatalogue.Create(ErrorCodes.LinkConflict, detail);

    // A network of one's own has 2^64 addresses of the new kind: it counts as one.
    private static string AddressOf(HttpRequest request)
    {
        IPAddress address = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        return Convert.ToHexStringLower(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, 8) : bytes);
    }
}
