using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Niche.Bots.Accounts;
using Niche.Bots.People;
using Niche.Subnet.Errors;

namespace Niche.Functions.Api.Accounts;

/// <summary>
/// Who a request comes from, by <c>Authorization: Bearer</c>. Without a key of ours it is nobody's, as clients of the OpenAI API must send some key; one that
/// looks like ours and is none is an error, so that a typing error does not paint for nobody.
/// </summary>
public sealed class CallerReader(ApiKeyStore keys, PersonStore people, AccountStore accounts, IOptions<ApiOptions> options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads who calls for work; null when nobody in particular.</summary>
    public Task<(Caller? Caller, NicheError? Error)> ReadAsync(HttpRequest request, CancellationToken ct) => ReadAsync(request, options.Value.RequireKey, ct);

    /// <summary>Reads who calls where only somebody makes sense.</summary>
    public Task<(Caller? Caller, NicheError? Error)> RequireAsync(HttpRequest request, CancellationToken ct) => ReadAsync(request, true, ct);

    /// <summary>Reads who calls where nobody in particular may come too, whatever the operator demands elsewhere.</summary>
    public Task<(Caller? Caller, NicheError? Error)> LookAsync(HttpRequest request, CancellationToken ct) => ReadAsync(request, false, ct);

    private async Task<(Caller? Caller, NicheError? Error)> ReadAsync(HttpRequest request, bool needed, CancellationToken ct)
    {
        if (KeyOf(request) is not { } text) return (null, needed ? Refusal("This needs an API key, as Authorization: Bearer. /link in a chat makes one; so does the operator.") : null);
        if (await keys.FindAsync(text, ct).ConfigureAwait(false) is not { } key) return (null, Refusal("This API key is unknown or was revoked."));
        Person person = await people.GetAsync(key.Owner.Platform, key.Owner.UserId, ct).ConfigureAwait(false);
        return (new Caller(key, person, await accounts.OfAsync(person, key.Owner.Platform, key.Owner.UserId, ct).ConfigureAwait(false)), null);
    }

    private static string? KeyOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        string text = header[Scheme.Length..].Trim();
        return ApiKeyStore.IsOurs(text) ? text : null;
    }

    private static NicheError Refusal(string detail) => ErrorCatalogue.Create(ErrorCodes.Unauthorized, detail);
}
