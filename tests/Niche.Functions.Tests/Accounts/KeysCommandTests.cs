using System.Diagnostics;
using System.Net;
using Niche.Functions.Local;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Accounts;

/// <summary>Keys that an operator makes on the storage of a running validator, by the program itself.</summary>
public sealed class KeysCommandTests(AccountSubnet subnet) : IClassFixture<AccountSubnet>
{
    [Fact]
    public async Task A_key_of_the_command_line_works_at_once_is_listed_and_revoked()
    {
        (int code, string key) = await RunAsync("create", "render farm");
        Assert.Equal(0, code);
        KeyedClient api = new(subnet.Http, key.Trim());
        Assert.Equal(HttpStatusCode.Accepted, (await api.OrderAsync("a red house")).Response.StatusCode);
        string prefix = api.Key[..22];
        (_, string list) = await RunAsync("list");
        Assert.Contains($"{prefix}  api:", list, StringComparison.Ordinal);
        Assert.Contains("render farm", list, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Key, list, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("revoke", prefix)).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.SendAsync(HttpMethod.Get, "/v1/account")).Response.StatusCode);
        Assert.Equal(1, (await RunAsync("revoke", prefix)).Code);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[typeof(LocalFunctionsHost).Assembly.Location, "keys", .. arguments, "--Storage:Path", subnet.Subnet.Storage]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
