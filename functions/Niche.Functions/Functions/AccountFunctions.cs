using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Bots.Accounts;
using Niche.Bots.Orders;
using Niche.Functions.Api;
using Niche.Functions.Api.Accounts;
using Niche.Subnet.Errors;

namespace Niche.Functions;

/// <summary>The account behind an API key: what it is, what it ordered by every door, its keys.</summary>
public sealed class AccountFunctions(CallerReader callers, AccountReader reader, ApiKeyStore keys, OrderStore orders)
{
    private const int MaxPage = 100, Page = 20;

    [Function("GetAccount")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/account")] HttpRequest request, CancellationToken ct)
    {
        (Caller? caller, NicheError? error) = await callers.RequireAsync(request, ct);
        return caller is null ? Problem.From(request, error!) : ApiJson.Answer(request, await reader.ReadAsync(caller.Account, caller.Key, ct));
    }

    [Function("ListHistory")]
    public async Task<IActionResult> History(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/history")] HttpRequest request, CancellationToken ct)
    {
        (Caller? caller, NicheError? error) = await callers.RequireAsync(request, ct);
        if (caller is null) return Problem.From(request, error!);
        int limit = Page;
        if (request.Query.TryGetValue("limit", out var wanted)
            && !(int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxPage))
            return Problem.From(request, ErrorCatalogue.OutOfRange(ErrorCodes.InvalidParameter, "limit", 1, MaxPage));
        Order? before = null;
        if (request.Query.TryGetValue("before", out var id))
        {
            before = await orders.GetAsync(id.ToString(), ct);
            if (before is null || !caller.Account.Owns(before))
                return Problem.From(request, ErrorCatalogue.Create(ErrorCodes.JobNotFound, "'before' must be the id of an order of this account.", "before"));
        }

        return ApiJson.Answer(request, await reader.HistoryAsync(caller.Account, before, limit, ct));
    }

    [Function("RevokeKey")]
    public async Task<IActionResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/keys/{id}")] HttpRequest request, string id, CancellationToken ct)
    {
        (Caller? caller, NicheError? error) = await callers.RequireAsync(request, ct);
        if (caller is null) return Problem.From(request, error!);
        return await keys.RevokeAsync(caller.Account, id, ct) is { } key
            ? ApiJson.Answer(request, KeyView.From(key, caller.Key))
            : Problem.From(request, ErrorCatalogue.Create(ErrorCodes.KeyNotFound, "The account has no key of this id; GET /v1/account lists them."));
    }
}
