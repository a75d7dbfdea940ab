using System.Net;
using System.Text.Json;
using CsCheck;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Providers;
using Niche.TinyModels;

namespace Niche.GpuEndpoint.Tests.Routes;

/// <summary>Pictures that say where things go or speak beside the words, over HTTP.</summary>
public sealed class AdaptedPicturesTests(TinyEndpoint tiny)
{
    private static readonly string Picture = Convert.ToBase64String(ImageFile.EncodePng(Checks(64, 64)));

    [Fact]
    public async Task The_stock_pipeline_controlnet_takes_its_picture_as_the_conditional_one()
    {
        var (plain, controlled) = (await PaintAsync("control", "txt2img", null, "{}"), await PaintAsync("control", "controlnet", Picture, "{}"));

        Assert.NotEqual(plain, controlled);
        Assert.Equal(controlled, await PaintAsync("control", "controlnet", $"data:image/png;base64,{Picture}", "{}"));
        Assert.Equal(controlled, await PaintAsync("control", "txt2img", null, $$"""{"control_image":"{{Picture}}"}"""));
        Assert.Equal(plain, await PaintAsync("control", "controlnet", Picture, """{"controlnet_conditioning_scale":0}"""));
        Assert.NotEqual(controlled, await PaintAsync("control", "controlnet", Picture, """{"controlnet_conditioning_scale":0.5}"""));
        Assert.NotEqual(controlled, await PaintAsync("control", "controlnet", Picture, """{"control_guidance_end":0.5}"""));
        Assert.NotEqual(controlled, await PaintAsync("control", "controlnet", Picture, """{"guess_mode":true}"""));
    }

    [Fact]
    public async Task Transformers_take_a_control_picture_too_and_the_kind_where_theirs_knows_several()
    {
        var (first, third) = (await PaintAsync("flux", "controlnet", Picture, """{"control_mode":0}"""), await PaintAsync("flux", "controlnet", Picture, """{"control_mode":2}"""));

        Assert.NotEqual(first, third);
        Assert.NotEqual(first, await PaintAsync("flux", "txt2img", null, "{}"));
        Assert.NotEqual(await PaintAsync("sd3", "txt2img", null, "{}"), await PaintAsync("sd3", "controlnet", Picture, "{}"));
    }

    [Fact]
    public async Task Edges_are_found_here_or_before()
    {
        var edges = Convert.ToBase64String(ImageFile.EncodePng(CannyEdges.Find(Checks(64, 64), 50, 120)));

        Assert.Equal(await PaintAsync("control", "controlnet", edges, "{}"),
            await PaintAsync("control", "controlnet", Picture, """{"control_preprocessor":"canny","canny_low_threshold":50,"canny_high_threshold":120}"""));
    }

    [Fact]
    public async Task A_control_picture_goes_with_a_given_one_and_a_mask()
    {
        foreach (var (pipeline, mask) in new[] { ("img2img", ""), ("inpaint", $"\"mask_image\":\"{Picture}\",") })
        {
            var without = await PaintAsync("control", pipeline, Picture, $$"""{{{mask}}"strength":0.9}""");

            Assert.NotEqual(without, await PaintAsync("control", pipeline, Picture, $$"""{{{mask}}"strength":0.9,"control_image":"{{Picture}}"}"""));
        }
    }

    [Fact]
    public async Task The_stock_pipeline_ip_adapter_takes_its_picture_as_the_conditional_one()
    {
        var (plain, seen) = (await PaintAsync("seeing", "txt2img", null, "{}"), await PaintAsync("seeing", "ip_adapter", Picture, "{}"));

        Assert.NotEqual(plain, seen);
        Assert.Equal(seen, await PaintAsync("seeing", "txt2img", null, $$"""{"ip_adapter_image":"{{Picture}}"}"""));
        Assert.Equal(plain, await PaintAsync("seeing", "ip_adapter", Picture, """{"ip_adapter_scale":0}"""));
        Assert.NotEqual(seen, await PaintAsync("seeing", "ip_adapter", Picture, """{"ip_adapter_scale":0.5}"""));
    }

    [Fact]
    public async Task A_refiner_takes_over_where_it_is_asked_to()
    {
        var (alone, refined) = (await PaintAsync("refined", "txt2img", null, "{}"), await PaintAsync("refined", "refiner", null, """{"num_inference_steps":10}"""));

        Assert.NotEqual(refined, await PaintAsync("refined", "txt2img", null, """{"num_inference_steps":10}"""));
        Assert.Equal(refined, await PaintAsync("refined", "txt2img", null, """{"num_inference_steps":10,"refiner_start":0.8}"""));
        Assert.NotEqual(alone, await PaintAsync("refined", "txt2img", null, """{"refiner_start":0.5}"""));
    }

    [Fact]
    public async Task A_picture_that_half_precision_lost_is_recovered_marked_and_counted()
    {
        var (_, recovered) = await tiny.Endpoint.PostAsync("/generate", Body("half", "txt2img", "", "{}"));
        var (_, single) = await tiny.Endpoint.PostAsync("/generate", Body("single", "txt2img", "", "{}"));
        var (_, prediction) = await tiny.Endpoint.PostAsync("/predictions", $$"""{"input":{{Body("half", "txt2img", "", "{}")}}}""");

        Assert.Equal(single.GetProperty("image").GetString(), recovered.GetProperty("image").GetString());
        Assert.True(recovered.GetProperty("recovered").GetBoolean());
        Assert.False(single.TryGetProperty("recovered", out _));
        Assert.True(prediction.GetProperty("recovered").GetBoolean());
        Assert.Contains("niche:images_recovered_total{model_name=\"half\"} 2\n", await tiny.Endpoint.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upscaler_makes_a_small_picture_larger()
    {
        var small = Convert.ToBase64String(ImageFile.EncodePng(Checks(16, 16)));
        var large = await PaintAsync("upscaler", "upscale", small, "{}");
        var image = ImageFile.Decode(large, new ImageLimits()).Image;

        Assert.Equal((64, 64), (image.Width, image.Height));
        Assert.Equal(large, await PaintAsync("upscaler", "upscale", small, """{"noise_level":20}"""));
        Assert.NotEqual(large, await PaintAsync("upscaler", "upscale", small, """{"noise_level":200}"""));
        Assert.NotEqual(large, await PaintAsync("upscaler", "upscale", Convert.ToBase64String(ImageFile.EncodePng(Checks(40, 30))), "{}"));
    }

    [Theory]
    [InlineData("upscaler", "upscale", "", "{}", "conditional_image_missing")]
    [InlineData("upscaler", "upscale", "PICTURE", """{"noise_level":351}""", "noise_level_out_of_range")]
    [InlineData("upscaler", "txt2img", "", "{}", "pipeline_unsupported")]
    [InlineData("refined", "txt2img", "", """{"refiner_start":1}""", "refiner_start_out_of_range")]
    [InlineData("refined", "refiner", "PICTURE", "{}", "conditional_image_unsupported")]
    [InlineData("control", "txt2img", "", """{"refiner_start":0.8}""", "refiner_unsupported")]
    [InlineData("control", "controlnet", "", "{}", "conditional_image_missing")]
    [InlineData("control", "controlnet", "PICTURE", """{"control_image":"PICTURE"}""", "control_image_unsupported")]
    [InlineData("control", "controlnet", "PICTURE", """{"controlnet_conditioning_scale":11}""", "control_scale_out_of_range")]
    [InlineData("control", "controlnet", "PICTURE", """{"controlnet_conditioning_scale":"1"}""", "field_type")]
    [InlineData("control", "controlnet", "PICTURE", """{"control_guidance_start":-0.1}""", "control_guidance_out_of_range")]
    [InlineData("control", "controlnet", "PICTURE", """{"control_guidance_start":0.7,"control_guidance_end":0.7}""", "control_guidance_out_of_range")]
    [InlineData("control", "controlnet", "PICTURE", """{"guess_mode":"yes"}""", "field_type")]
    [InlineData("control", "controlnet", "PICTURE", """{"control_preprocessor":"depth"}""", "control_preprocessor_unsupported")]
    [InlineData("control", "controlnet", "PICTURE", """{"canny_low_threshold":2041}""", "canny_threshold_out_of_range")]
    [InlineData("control", "controlnet", "PICTURE", """{"canny_low_threshold":150,"canny_high_threshold":100}""", "canny_threshold_out_of_range")]
    [InlineData("control", "controlnet", "PICTURE", """{"control_mode":1}""", "control_mode_unsupported")]
    [InlineData("flux", "controlnet", "PICTURE", "{}", "control_mode_missing")]
    [InlineData("flux", "controlnet", "PICTURE", """{"control_mode":101}""", "control_mode_out_of_range")]
    [InlineData("sd3", "controlnet", "PICTURE", """{"guess_mode":true}""", "control_guess_unsupported")]
    [InlineData("control", "controlnet", "data:image/png;base64,%%%", "{}", "request_invalid")]
    [InlineData("control", "txt2img", "", """{"control_image":7}""", "field_type")]
    [InlineData("control", "txt2img", "", """{"ip_adapter_image":"PICTURE"}""", "ip_adapter_image_unsupported")]
    [InlineData("control", "ip_adapter", "PICTURE", "{}", "request_invalid")]
    [InlineData("seeing", "txt2img", "", """{"control_image":"PICTURE"}""", "control_image_unsupported")]
    [InlineData("seeing", "ip_adapter", "", "{}", "conditional_image_missing")]
    [InlineData("seeing", "ip_adapter", "PICTURE", """{"ip_adapter_scale":-1}""", "ip_adapter_scale_out_of_range")]
    [InlineData("fixed", "ip_adapter", "PICTURE", """{"ip_adapter_scale":0.5}""", "image_prompt_scale_fixed")]
    [InlineData("fixed", "txt2img", "", "{}", "image_prompt_missing")]
    public async Task What_can_not_be_is_refused_by_its_field(string model, string pipeline, string picture, string parameters, string code)
    {
        var body = Body(model, pipeline, picture.Replace("PICTURE", Picture, StringComparison.Ordinal), parameters.Replace("PICTURE", Picture, StringComparison.Ordinal));

        var (status, problem) = await tiny.Endpoint.PostAsync("/generate", body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_control_picture_that_is_none_is_unprocessable()
    {
        var (status, problem) = await tiny.Endpoint.PostAsync("/generate", Body("control", "controlnet", Convert.ToBase64String("no picture"u8), "{}"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "image_undecodable"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_a_model_can_do_is_told()
    {
        var answer = JsonDocument.Parse(await tiny.Endpoint.Client.GetStringAsync("/capabilities", TestContext.Current.CancellationToken)).RootElement.GetProperty("pipelines");

        Assert.Equal(["txt2img", "img2img", "inpaint", "controlnet"], answer.GetProperty("control").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("ip_adapter", answer.GetProperty("seeing").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_manifest_that_promises_what_the_graphs_can_not_do_does_not_load()
    {
        var root = Directory.CreateTempSubdirectory("niche-promise-").FullName;
        try
        {
            TinyEndpoint.Offer(TinyDiffusion.StableDiffusion(Path.Combine(root, "one")), "one", "txt2img", "controlnet");
            using var store = new ModelStore(new EndpointOptions { Threads = 1, ModelsDirectory = root, Provider = new ProviderSettings() }, TimeProvider.System);

            var error = await Assert.ThrowsAsync<ModelFolderException>(() => store.LoadAsync(TestContext.Current.CancellationToken));

            Assert.Equal("manifest_invalid", error.Code);
            Assert.Contains("controlnet", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task Features_are_taken_with_an_encoder_of_another_model_where_the_first_one_has_none()
    {
        var root = Directory.CreateTempSubdirectory("niche-features-").FullName;
        try
        {
            TinyEndpoint.Offer(TinyAdapted.Upscaler(Path.Combine(root, "a")), "a", "upscale");
            TinyEndpoint.Offer(TinyDiffusion.StableDiffusion(Path.Combine(root, "b")), "b", "txt2img");
            Directory.CreateSymbolicLink(Path.Combine(root, "c"), Path.Combine(new EndpointOptions().ModelsDirectory, "niche-clip"));
            using var store = new ModelStore(new EndpointOptions { Threads = 1, ModelsDirectory = root, Provider = new ProviderSettings() }, TimeProvider.System);

            await store.LoadAsync(TestContext.Current.CancellationToken);

            Assert.NotNull(store.Loaded.Features);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task No_field_of_them_makes_the_server_fail()
    {
        string[] names =
        [
            "control_image", "controlnet_conditioning_scale", "control_guidance_start", "control_guidance_end", "guess_mode", "control_preprocessor", "canny_low_threshold",
            "canny_high_threshold", "control_mode", "ip_adapter_image", "ip_adapter_scale", "refiner_start", "noise_level", "mask_image", "strength",
        ];
        string[] values = ["null", "true", "-1", "0", "0.5", "1", "1e999", "350", "\"\"", "\"canny\"", "[]", "{}", "\"AAAA\"", "\"\\ud800\"", "\"data:image/png;base64,\"", $"\"{Picture}\""];
        string[] models = ["control", "flux", "seeing", "fixed", "refined", "upscaler"], pipelines = ["txt2img", "img2img", "inpaint", "controlnet", "ip_adapter", "refiner", "upscale"];
        var bodies = new List<string>();
        Gen.Select(One(models), One(pipelines), One("", Picture, "AAAA"), Gen.Select(One(names), One(values)).Array[0, 5]).Sample(
            (model, pipeline, picture, fields) => bodies.Add(Body(model, pipeline, picture, $"{{{string.Join(',', fields.Select(field => $"\"{field.Item1}\":{field.Item2}"))}}}")), iter: 120, threads: 1);

        foreach (var body in bodies)
        {
            var (status, problem) = await tiny.Endpoint.PostAsync("/generate", body);
            Assert.True((int)status is 200 or 400 or 422, $"{status} {problem} for {body}");
        }
    }

    private static RgbImage Checks(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height).SelectMany(i => Enumerable.Repeat((byte)(((i % width / 8) + (i / width / 8)) % 2 == 0 ? 30 : 220), 3))]);

    private Task<byte[]> PaintAsync(string model, string pipeline, string? picture, string parameters) => tiny.Endpoint.PaintAsync(Body(model, pipeline, picture ?? "", parameters));

    private static string Body(string model, string pipeline, string picture, string parameters) =>
        $$"""{"model_name":"{{model}}","prompt":"a red house","seed":7,"pipeline_type":"{{pipeline}}","conditional_image":"{{picture}}","pipeline_params":{{parameters}}}""";

    private static Gen<string> One(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
