using System.Net.Http.Json;
using System.Text.Json;
using Niche.Bittensor.Keys;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Serving;

public sealed class ImageTests(DemoEndpoint endpoint)
{
    [Fact]
    public async Task The_served_picture_is_the_endpoints_picture()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address]);

        var result = await rig.PaintAsync();

        Assert.True(result.IsSuccess, result.StatusMessage);
        Assert.Equal(await PaintDirectlyAsync(endpoint, steps: 4, seed: 7, Ask.Prompt), result.Response.Image);
    }

    [Fact]
    public async Task A_request_as_a_stock_python_dendrite_sends_it_is_served()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address]);
        using var alice = Keypair.FromUri("//Alice");
        const string uuid = "6a2d3a0e-5a3c-11ef-9c5e-0242ac120002";
        var nonce = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        const string emptySha3 = "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a";
        var signed = System.Text.Encoding.UTF8.GetBytes($"{nonce}.{alice.Address}.{rig.Hotkey.Address}.{uuid}.{emptySha3}");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(rig.Address, "/ImageGenerating"));
        foreach (var (name, value) in new (string, string)[]
        {
            ("name", "ImageGenerating"), ("timeout", "60.0"), ("computed_body_hash", emptySha3), ("header_size", "0"), ("total_size", "0"),
            ("bt_header_axon_ip", "127.0.0.1"), ("bt_header_axon_port", rig.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("bt_header_axon_hotkey", rig.Hotkey.Address), ("bt_header_dendrite_ip", "127.0.0.1"), ("bt_header_dendrite_version", "7002000"),
            ("bt_header_dendrite_nonce", nonce.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("bt_header_dendrite_uuid", uuid),
            ("bt_header_dendrite_hotkey", alice.Address), ("bt_header_dendrite_signature", "0x" + Convert.ToHexStringLower(alice.Sign(signed))),
        }) request.Headers.TryAddWithoutValidation(name, value);
        request.Content = JsonContent.Create(new
        {
            name = "ImageGenerating", timeout = 60.0, total_size = 0, header_size = 0, computed_body_hash = "",
            dendrite = new { ip = "127.0.0.1", version = 7002000, nonce, uuid, hotkey = alice.Address },
            axon = new { ip = "127.0.0.1", port = rig.Address.Port, hotkey = rig.Hotkey.Address },
            prompt = Ask.Prompt, seed = 7, model_name = "niche-scenes", conditional_image = "", pipeline_type = "txt2img",
            pipeline_params = new { num_inference_steps = 4, width = 128, height = 128, guidance_scale = 4.0, image_format = "PNG" },
            request_dict = new { }, response_dict = new { }, image = "",
        });

        using var response = await rig.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(await PaintDirectlyAsync(endpoint, steps: 4, seed: 7, Ask.Prompt), body.GetProperty("image").GetString());
    }

    [Fact]
    public async Task Fields_that_an_endpoint_adds_do_not_reach_the_caller()
    {
        await using var hostile = await HostileEndpoint.StartAsync(
            200, $$"""{"image":"{{HostileEndpoint.Png}}","prompt":"injected","seed":99,"response_dict":{"url":"http://evil"},"name":"injected"}""");
        await using var rig = await MinerRig.StartAsync([hostile.Address]);

        var result = await rig.PaintAsync();

        Assert.True(result.IsSuccess, result.StatusMessage);
        Assert.Equal((Ask.Prompt, 7, HostileEndpoint.Png), (result.Response.Prompt, (int)result.Response.Seed, result.Response.Image));
        Assert.Equal("{}", result.Response.ResponseDict.GetRawText());
        Assert.Equal("ImageGenerating", result.Response.Name);
    }

    internal static async Task<string?> PaintDirectlyAsync(DemoEndpoint endpoint, int steps, long seed, string prompt)
    {
        var answer = await endpoint.GenerateAsync(new
        {
            prompt, seed, model_name = "niche-scenes",
            pipeline_params = new { num_inference_steps = steps, width = 128, height = 128, guidance_scale = 4.0, image_format = "PNG" },
        });
        return answer.GetProperty("image").GetString();
    }
}
