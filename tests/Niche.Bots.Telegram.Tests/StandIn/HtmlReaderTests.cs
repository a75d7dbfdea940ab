using System.Net;
using CsCheck;
using Niche.TelegramStandIn.Text;

namespace Niche.Bots.Telegram.Tests.StandIn;

/// <summary>The server's reading of HTML, on which all that the adapter escapes is judged.</summary>
public sealed class HtmlReaderTests
{
    [Theory]
    [InlineData("plain & simple > this", "plain & simple > this", "")]
    [InlineData("a<b>b</b>c", "abc", "bold 1 1")]
    [InlineData("<b>b<i>i</i></b>", "bi", "bold 0 2,italic 1 1")]
    [InlineData("&lt;b&gt;&amp;&quot;&#33;&#x21;&nbsp;", "<b>&\"!!&nbsp;", "")]
    [InlineData("<a href=\"https://a.example/?a=1&amp;b=2\">x</a>", "x", "text_link 0 1")]
    [InlineData("<span class=\"tg-spoiler\">x</span><tg-spoiler>y</tg-spoiler>", "xy", "spoiler 0 1,spoiler 1 1")]
    public void Tags_become_entities(string html, string plain, string entities)
    {
        FormattedText text = HtmlReader.Read(html);
        Assert.Equal(plain, text.Plain);
        Assert.Equal(entities, string.Join(',', text.Entities.Select(entity => $"{entity!["type"]} {entity["offset"]} {entity["length"]}")));
    }

    [Theory]
    [InlineData("<script>")]
    [InlineData("a < b")]
    [InlineData("<b>")]
    [InlineData("</b>")]
    [InlineData("<b><i></b></i>")]
    [InlineData("<b onclick=\"x\">a</b>")]
    [InlineData("<span class=\"other\">a</span>")]
    public void Whatever_else_looks_like_a_tag_is_refused(string html) => Assert.Throws<EntityException>(() => HtmlReader.Read(html));

    [Fact]
    public void Encoded_text_comes_back_as_it_was() => Gen.String.Sample(text => HtmlReader.Read(WebUtility.HtmlEncode(text)).Plain == text);
}
