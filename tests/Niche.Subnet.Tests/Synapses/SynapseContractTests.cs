using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Subnet.Synapses;

namespace Niche.Subnet.Tests.Synapses;

public sealed class SynapseContractTests
{
    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void Image_generating_has_the_reference_fields_and_defaults() => Holds(
        new ImageGenerating(),
        """{"prompt":"","seed":0,"model_name":"","conditional_image":"","pipeline_type":"txt2img","pipeline_params":{},"request_dict":{},"response_dict":{},"image":""}""");

    [Fact]
    public void Text_generating_has_the_reference_fields_and_defaults() => Holds(
        new TextGenerating(),
        """{"prompt_input":"","seed":0,"request_dict":{},"model_name":"","prompt_output":{},"pipeline_params":{}}""");

    [Fact]
    public void Multi_modal_generating_has_the_reference_fields_and_defaults() => Holds(
        new MultiModalGenerating(),
        """{"prompt":"","image_url":"","seed":0,"request_dict":{},"model_name":"","pipeline_params":{},"pipeline_type":"visual_question_answering","prompt_output":{}}""");

    [Fact]
    public void Information_has_the_reference_fields_and_defaults() => Holds(new Information(), """{"request_dict":{},"response_dict":{}}""");

    [Fact]
    public void Parameters_round_trip_and_wrong_types_read_as_absent()
    {
        var parameters = new ImageParameters(20, 128, 128, 4.5, "blurry", "PNG");
        Assert.Equal(parameters, ImageParameters.Read(parameters.ToElement()));
        using var odd = JsonDocument.Parse("""{"num_inference_steps":20.0,"width":"128","height":1e300,"guidance_scale":null,"negative_prompt":7}""");
        Assert.Equal(new ImageParameters(20), ImageParameters.Read(odd.RootElement));
        Assert.Equal(new ImageParameters(), ImageParameters.Read(default));
    }

    [Fact]
    public void Stop_may_be_one_string_or_a_list()
    {
        using var one = JsonDocument.Parse("""{"max_tokens":48,"stop":"."}""");
        using var list = JsonDocument.Parse("""{"stop":[".","\ud800",3]}""");
        Assert.Equal(["."], TextParameters.Read(one.RootElement).Stop!);
        Assert.Equal(48, TextParameters.Read(one.RootElement).MaxTokens);
        Assert.Equal(["."], TextParameters.Read(list.RootElement).Stop!);
    }

    private static void Holds<T>(T synapse, string expected)
    {
        string[] envelope = ["name", "timeout", "total_size", "header_size", "dendrite", "axon", "computed_body_hash"];
        var actual = JsonSerializer.SerializeToNode(synapse, Wire)!.AsObject();
        foreach (var name in envelope) actual.Remove(name);
        Assert.Equal(expected, actual.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual));
    }
}
