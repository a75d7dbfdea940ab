using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Functions.Api;
using Niche.Functions.Api.Document;
using Niche.Functions.Tests.Rig;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;

namespace Niche.Functions.Tests.Document;

/// <summary>The API's own description: complete, resolvable, and true.</summary>
public sealed class DocumentTests(SharedSubnet shared)
{
    private static readonly JsonNode Described = JsonNode.Parse(new ApiDocument(DefaultPolicy.Load()).OpenApi.Content)!;

    [Fact]
    public async Task It_is_served_with_a_tag()
    {
        foreach ((string path, string type) in new[] { ("/openapi.json", "application/json"), ("/llms.txt", "text/plain") })
        {
            (HttpResponseMessage response, _) = await shared.Http.SendAsync(HttpMethod.Get, path);
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType!));
            (HttpResponseMessage same, _) = await shared.Http.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", response.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }

        Assert.Equal("3.1.0", (string?)(await shared.Http.GetJsonAsync("/openapi.json"))["openapi"]);
    }

    [Fact]
    public void Every_http_function_is_described_and_nothing_else() =>
        Assert.Equal(ApiRoutes.All.Select(route => route.Function), ApiOperations.All.Select(operation => operation.Function).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_member_of_a_request_has_its_limits_and_nothing_else_has()
    {
        foreach ((Type body, IReadOnlyDictionary<string, JsonObject> members) in new ApiLimits(DefaultPolicy.Load()).All())
            Assert.Equal(ApiJson.Options.GetTypeInfo(body).Properties.Select(property => property.Name).Order(), members.Keys.Order());
        Assert.Equal(
            ApiOperations.All.Where(operation => operation.Body is not null).Select(operation => operation.Body!.GetType().Name).Order(),
            new ApiLimits(DefaultPolicy.Load()).All().Keys.Select(type => type.Name).Order());
    }

    [Fact]
    public void Every_error_of_the_catalogue_is_named() => Assert.Equal(
        ErrorCatalogue.All.Select(kind => kind.Code),
        Described["components"]!["schemas"]!["ProblemBody"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string)code!));

    [Fact]
    public void Every_operation_has_its_own_name_a_summary_and_an_answer()
    {
        JsonNode[] operations = [.. Operations()];
        Assert.Equal(operations.Length, operations.Select(operation => (string)operation["operationId"]!).Distinct().Count());
        Assert.All(operations, operation => Assert.NotEmpty((string)operation["summary"]!));
        Assert.All(operations, operation => Assert.Contains("200", operation["responses"]!.AsObject().Select(response => response.Key)));
    }

    [Fact]
    public void Every_path_parameter_is_described()
    {
        foreach ((string path, JsonNode? operations) in Described["paths"]!.AsObject())
        {
            string[] inPath = [.. path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'))];
            foreach ((_, JsonNode? operation) in operations!.AsObject())
            {
                string[] described = [.. (operation!["parameters"]?.AsArray() ?? []).Where(one => (string?)one!["in"] == "path").Select(one => (string)one!["name"]!)];
                Assert.Equal(inPath, described);
            }
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        List<string> references = [];
        Collect(Described, references);
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.StartsWith("#/components/schemas/", reference, StringComparison.Ordinal));
        Assert.All(references, reference => Assert.NotNull(Described["components"]!["schemas"]![reference.Split('/')[^1]]));
    }

    [Fact]
    public void Every_member_says_what_it_is()
    {
        foreach ((string name, JsonNode? schema) in Described["components"]!["schemas"]!.AsObject())
        {
            foreach ((string member, JsonNode? says) in schema!["properties"]!.AsObject())
                Assert.True(says is JsonObject { Count: > 0 }, $"{name}.{member}: {says?.ToJsonString()}");
        }
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        foreach (JsonNode content in Operations().SelectMany(Contents).Where(content => content["example"] is not null))
            Assert.Empty(DocumentSchema.Differences(Described, content["schema"]!, content["example"]));
    }

    [Fact]
    public async Task What_is_really_answered_fits_the_schemas()
    {
        JsonNode job = await shared.Http.PaintAsync();
        Fits("JobView", job);
        Fits("ReceiptView", await shared.Http.GetJsonAsync("/v1/receipts/" + (string)job["results"]![0]!["receipt_id"]!));
        Fits("NetworkBody", await shared.Http.GetJsonAsync("/v1/miners"));
        Fits("ModelsBody", await shared.Http.GetJsonAsync("/v1/models"));
        Fits("ReadinessReport", await shared.Http.GetJsonAsync("/health/ready"));
        Fits("ProblemBody", (await shared.Http.PostAsync("/v1/jobs", """{"steps":99}""")).Body);
    }

    [Fact]
    public void The_limits_are_those_of_the_policy()
    {
        ModelPolicy painter = DefaultPolicy.Load().Models[0];
        JsonNode images = Described["components"]!["schemas"]!["ImagesBody"]!["properties"]!;
        Assert.Equal((painter.Steps!.Min, painter.Steps.Max), ((int)images["steps"]!["minimum"]!, (int)images["steps"]!["maximum"]!));
        Assert.Equal(painter.MaxPromptCharacters, (int)images["prompt"]!["maxLength"]!);
        Assert.Equal(["auto", "128x128"], images["size"]!["enum"]!.AsArray().Select(size => (string)size!));
        Assert.Equal("prompt", (string?)Described["components"]!["schemas"]!["ImagesBody"]!["required"]![0]);
    }

    [Fact]
    public void The_short_form_names_every_path_and_model()
    {
        string text = System.Text.Encoding.UTF8.GetString(new ApiDocument(DefaultPolicy.Load()).Llms.Content);
        Assert.All(ApiRoutes.All, route => Assert.Contains(route.Path, text, StringComparison.Ordinal));
        Assert.All(DefaultPolicy.Load().Models, model => Assert.Contains(model.Name, text, StringComparison.Ordinal));
        Assert.True(text.Length < 4000);
    }

    private static void Fits(string schema, JsonNode? value)
    {
        JsonNode reference = new JsonObject { ["$ref"] = "#/components/schemas/" + schema };
        Assert.Empty(DocumentSchema.Differences(Described, reference, value));
    }

    private static IEnumerable<JsonNode> Operations() => Described["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(method => method.Value!);

    private static IEnumerable<JsonNode> Contents(JsonNode operation) => operation["responses"]!.AsObject().Select(response => response.Value!["content"])
        .Append(operation["requestBody"]?["content"]).OfType<JsonObject>().SelectMany(content => content).Select(content => content.Value!);

    private static void Collect(JsonNode? node, List<string> references)
    {
        foreach (JsonNode? child in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] }) Collect(child, references);
        if (node is JsonObject one && one["$ref"] is JsonValue reference && reference.GetValueKind() == JsonValueKind.String) references.Add((string)reference!);
    }
}
