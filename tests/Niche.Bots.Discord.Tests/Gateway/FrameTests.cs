using System.Text;
using CsCheck;
using Niche.Bots.Discord.Gateway;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Tests.Gateway;

public sealed class FrameTests
{
    [Fact]
    public void Any_bytes_are_a_frame_or_the_one_exception()
    {
        byte[] genuine = Encoding.UTF8.GetBytes("""{"t":"READY","s":1,"op":0,"d":{"v":10,"session_id":"abc","resume_gateway_url":"wss://gateway-us-east1-b.discord.gg"}}""");
        Gen<byte[]> changed = Gen.Select(Gen.Int[0, genuine.Length - 1], Gen.Byte).Select((at, value) =>
        {
            byte[] copy = [.. genuine];
            copy[at] = value;
            return copy;
        });
        Gen.OneOf(Gen.Byte.Array[0, 200], changed, Gen.String.Select(Encoding.UTF8.GetBytes)).Sample(bytes =>
        {
            try
            {
                GatewayFrame frame = GatewayFrame.Read(bytes);
                return (int)frame.Opcode is >= 0 and <= 255 && frame.Sequence is null or >= 0;
            }
            catch (DiscordFormatException)
            {
                return true;
            }
        });
    }

    [Theory]
    [InlineData("""{"url":"wss://gateway.discord.gg","shards":1,"session_start_limit":{"remaining":5,"reset_after":1000}}""", 5)]
    [InlineData("""{"url":"wss://gateway.discord.gg","session_start_limit":{"remaining":-5,"reset_after":-1}}""", 0)]
    public void The_address_of_the_gateway_is_read(string json, int remaining) =>
        Assert.Equal(remaining, GatewayAddress.Read(System.Text.Json.JsonDocument.Parse(json).RootElement).Remaining);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"url":"http://evil","session_start_limit":{}}""")]
    [InlineData("""{"url":"\ud800","session_start_limit":{}}""")]
    public void What_is_no_address_is_refused(string json) =>
        Assert.Throws<DiscordFormatException>(() => GatewayAddress.Read(System.Text.Json.JsonDocument.Parse(json).RootElement));
}
