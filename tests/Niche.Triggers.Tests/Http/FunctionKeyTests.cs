using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Niche.Triggers.Http;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Http;

/// <summary>Rule 8: a function key where one is configured, this machine only where none is.</summary>
public sealed class FunctionKeyTests
{
    private static readonly string[] AllKeys =
        ["Triggers:FunctionKeys:Mine:main=function-key", "Triggers:FunctionKeys:Other:main=other-key", "Triggers:HostKeys:default=host-key", "Triggers:MasterKey=master-key"];

    [Theory]
    [InlineData("127.0.0.1", "localhost", null, true)]
    [InlineData("127.0.0.1", "127.0.0.1:7071", null, true)]
    [InlineData("::1", "[::1]:7071", null, true)]
    [InlineData("::ffff:127.0.0.1", "localhost", null, true)]
    [InlineData("10.0.0.7", "localhost", null, false)]
    [InlineData("127.0.0.1", "evil.example", null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData(null, "localhost", null, false)]
    public void Without_any_key_only_callers_on_this_machine_pass(string? address, string host, string? header, bool expected)
    {
        var context = Context(address, host);
        if (header is not null)
            context.Request.Headers[header] = "203.0.113.9";
        Assert.Equal(expected, Keys().Allows("Mine", AuthorizationLevel.Function, context));
        Assert.Equal(expected, Keys().Allows("Mine", AuthorizationLevel.Admin, context));
        Assert.True(Keys().Allows("Mine", AuthorizationLevel.Anonymous, context));
    }

    [Theory]
    [InlineData("function-key", true, false)]
    [InlineData("host-key", true, false)]
    [InlineData("master-key", true, true)]
    [InlineData("other-key", false, false)]
    [InlineData("function-key ", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public void With_keys_the_right_one_is_needed_even_on_this_machine(string? key, bool function, bool admin)
    {
        foreach (var inHeader in new[] { true, false })
        {
            var context = Context("127.0.0.1", "localhost");
            if (inHeader && key is not null)
                context.Request.Headers["x-functions-key"] = key;
            else if (key is not null)
                context.Request.QueryString = QueryString.Create("code", key);
            Assert.Equal(function, Keys(AllKeys).Allows("mine", AuthorizationLevel.Function, context));
            Assert.Equal(admin, Keys(AllKeys).Allows("mine", AuthorizationLevel.Admin, context));
        }
    }

    [Fact]
    public void A_key_of_another_function_closes_this_one_too() =>
        Assert.False(Keys("Triggers:FunctionKeys:Other:main=k").Allows("Mine", AuthorizationLevel.Function, Context("127.0.0.1", "localhost")));

    [Fact]
    public void An_endless_key_is_refused()
    {
        var context = Context("127.0.0.1", "localhost");
        context.Request.Headers["x-functions-key"] = new string('k', 513);
        Assert.False(Keys("Triggers:MasterKey=" + new string('k', 513)).Allows("Mine", AuthorizationLevel.Admin, context));
    }

    [Fact]
    public async Task Over_the_wire_a_wrong_key_is_401_and_the_function_does_not_run()
    {
        await using var engine = await Engine.StartAsync([typeof(Guarded)], AllKeys);
        using var client = new HttpClient { BaseAddress = engine.Url, Timeout = Awaiting.Limit };
        var refused = await client.GetAsync("/api/guarded", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(0, engine.Statistics("Guarded").Executed);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/guarded?code=host-key", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static FunctionKeys Keys(params string[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=')).ToDictionary(p => p[0], p => (string?)p[1])).Build());

    private static DefaultHttpContext Context(string? address, string host)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        return context;
    }

    public sealed class Guarded
    {
        [Function("Guarded")]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => new OkResult();
    }
}
