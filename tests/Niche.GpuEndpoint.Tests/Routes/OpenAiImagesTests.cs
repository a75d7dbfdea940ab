using System.Net.Http.Json;
using System.Text.Json;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class OpenAiImagesTests(RunningEndpoint endpoint)
{
    [Fact]
    public async Task Pictures_are_those_of_generate_with_seeds_counted_up()
    {
        var (status, answer) = await endpoint.PostAsync("/v1/images/generations",
            """{"model":"niche-scenes","prompt":"a red house","n":2,"size":"128x128","seed":4294967295,"steps":4}""");

        Assert.True(status == System.Net.HttpStatusCode.OK, answer.ToString());
        var files = answer.GetProperty("data").EnumerateArray().Select(image => image.GetProperty("b64_json").GetBytesFromBase64()).ToArray();
        Assert.Equal(2, files.Length);
        Assert.Equal(await Painted(uint.MaxValue), files[0]);
        Assert.Equal(await Painted(0), files[1]);
    }

    [Fact]
    public async Task A_url_is_a_data_url()
    {
        var (_, answer) = await endpoint.PostAsync("/v1/images/generations", """{"prompt":"a","response_format":"url","output_format":"jpeg","steps":1}""");

        Assert.StartsWith("data:image/jpeg;base64,", answer.GetProperty("data")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "prompt", "prompt_missing")]
    [InlineData("""{"prompt":"a","n":11}""", "n", "n_out_of_range")]
    [InlineData("""{"prompt":"a","size":"huge"}""", "size", "size_not_allowed")]
    [InlineData("""{"prompt":"a","size":"64x64"}""", "pipeline_params.width", "size_not_allowed")]
    [InlineData("""{"prompt":"a","model":"dall-e-3"}""", "model_name", "model_unknown")]
    [InlineData("""{"prompt":"a","response_format":"tiff"}""", "response_format", "response_format_unsupported")]
    public async Task Errors_have_the_form_that_these_clients_read(string body, string field, string code)
    {
        var (status, answer) = await endpoint.PostAsync("/v1/images/generations", body);

        var error = answer.GetProperty("error");
        Assert.Equal((400, "invalid_request_error", field, code),
            ((int)status, error.GetProperty("type").GetString(), error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task The_list_of_models_has_every_served_one()
    {
        var answer = await endpoint.Client.GetFromJsonAsync<JsonElement>("/v1/models", TestContext.Current.CancellationToken);

        Assert.Equal("list", answer.GetProperty("object").GetString());
        Assert.Equal(endpoint.Store.Served.Select(m => m.Manifest.Name), answer.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
    }

    private Task<byte[]> Painted(uint seed) =>
        endpoint.PaintAsync($$$"""{"prompt":"a red house","seed":{{{seed}}},"pipeline_params":{"num_inference_steps":4}}""");
}
