using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>OpenAI's image request as jobs: its fields are moved to where <c>/generate</c> has them and checked there.</summary>
internal static class OpenAiImageReader
{
    private const int MostImages = 10;

    /// <summary>A job a picture, and whether they are wanted as URLs.</summary>
    public static (IReadOnlyList<ImageJob> Jobs, bool Urls) Read(FieldReader fields, ModelStore store)
    {
        var count = fields.Whole("n", new(1, MostImages, 1), "n_out_of_range");
        var size = fields.Text("size", "auto", 20, "size_not_allowed");
        var shape = fields.Text("response_format", "b64_json", 20, "response_format_unsupported");
        if (shape is not ("b64_json" or "url")) fields.Add("response_format", "response_format_unsupported", "is not offered", allowed: ["b64_json", "url"]);
        var parameters = new JsonObject { ["image_format"] = fields.Text("output_format", "png", 20, "image_format_unsupported") };
        if (size != "auto")
        {
            var sides = size.Split('x');
            if (sides.Length == 2 && ushort.TryParse(sides[0], out var width) && ushort.TryParse(sides[1], out var height))
                (parameters["width"], parameters["height"]) = (width, height);
            else fields.Add("size", "size_not_allowed", "must be 'auto' or 'WIDTHxHEIGHT'");
        }
        Copy("steps", "num_inference_steps");
        Copy("guidance_scale", "guidance_scale");
        Copy("negative_prompt", "negative_prompt");
        fields.ThrowIfAny();
        var form = new JsonObject { ["pipeline_params"] = parameters };
        foreach (var (from, to) in new[] { ("prompt", "prompt"), ("model", "model_name"), ("seed", "seed") })
            if (fields.Find(from) is { } value) form[to] = JsonNode.Parse(value.GetRawText());
        var job = ImageRequestReader.Read(new FieldReader(Element(form)), store);
        return ([.. Enumerable.Range(0, (int)count).Select(i => job with { Seed = unchecked(job.Seed + (uint)i) })], shape == "url");

        static JsonElement Element(JsonObject form)
        {
            using var document = JsonDocument.Parse(form.ToJsonString());
            return document.RootElement.Clone();
        }

        void Copy(string from, string to)
        {
            if (fields.Find(from) is { } value) parameters[to] = JsonNode.Parse(value.GetRawText());
        }
    }
}
