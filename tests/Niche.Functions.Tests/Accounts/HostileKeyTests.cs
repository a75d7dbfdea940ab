using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Accounts;

/// <summary>Keys and codes of chance.</summary>
public sealed class HostileKeyTests(AccountSubnet subnet) : IClassFixture<AccountSubnet>
{
    private static readonly Gen<string> Headers = Gen.OneOf(
        Gen.Char[' ', '~'].Array[0, 120].Select(text => new string(text)),
        Gen.Char[' ', '~'].Array[0, 120].Select(text => "Bearer " + new string(text)),
        Gen.Char[' ', '~'].Array[0, 90].Select(text => "Bearer niche_" + new string(text)),
        Gen.Select(Gen.Char['0', 'g'].Array[16], Gen.Char['0', 'g'].Array[64]).Select((id, secret) => $"bearer niche_{new string(id)}_{new string(secret)}"));

    [Fact]
    public async Task No_made_up_key_opens_an_account_or_makes_the_API_fail() => await Headers.SampleAsync(async header =>
    {
        (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.SendAsync(HttpMethod.Get, "/v1/account", null, ("Authorization", header));
        Talk.AssertProblem(response, problem, 401, "unauthorized");
    }, iter: 300, threads: 2);

    [Fact]
    public async Task No_made_up_code_joins_anybody_or_makes_the_API_fail() => await Gen.String[0, 60].SampleAsync(async code =>
    {
        (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.PostAsync("/v1/link", JsonSerializer.Serialize(new { code }));
        Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests, problem?.ToJsonString());
    }, iter: 100, threads: 1);
}
