using System.Text;
using System.Text.Json;
using Niche.Subnet.Canonical;

namespace Niche.Subnet.Tests.Canonical;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{ \"b\": [1, 2.50, {\"z\":null,\"a\":true}], \"a\": \"\\u00e9\" }", "{\"a\":\"é\",\"b\":[1,2.50,{\"a\":true,\"z\":null}]}")]
    [InlineData("{\"B\":1,\"a\":2}", "{\"B\":1,\"a\":2}")]
    public void Members_are_sorted_and_white_space_is_gone(string input, string expected)
    {
        using var document = JsonDocument.Parse(input);
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Write(document.RootElement)));
    }

    [Fact]
    public void A_member_that_appears_twice_is_refused()
    {
        using var document = JsonDocument.Parse("{\"a\":1,\"a\":2}");
        Assert.Throws<JsonException>(() => CanonicalJson.Write(document.RootElement));
    }
}
