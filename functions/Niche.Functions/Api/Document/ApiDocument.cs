using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Functions.Api.Accounts;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;

namespace Niche.Functions.Api.Document;

/// <summary>
/// The description of the API, made once at the start from what the program is: routes from the functions, schemas from the serializer, limits from
/// the policy, errors from the catalogue.
/// </summary>
public sealed class ApiDocument
{
    private readonly SchemaBook _schemas = new();

    /// <summary>Describes the API under a policy.</summary>
    public ApiDocument(SubnetPolicy policy)
    {
        JsonObject document = Describe(policy);
        OpenApi = File(document.ToJsonString(new JsonSerializerOptions(ApiJson.Options) { WriteIndented = true }), "application/json; charset=utf-8");
        Llms = File(LlmsText.Write(policy), "text/plain; charset=utf-8");
    }

    /// <summary>OpenAPI 3.1.</summary>
    public StudioFile OpenApi { get; }

    /// <summary>The same in short, as plain text.</summary>
    public StudioFile Llms { get; }

    private JsonObject Describe(SubnetPolicy policy)
    {
        JsonObject paths = [];
        foreach (ApiRoute route in ApiRoutes.All)
        {
            ApiOperation operation = ApiOperations.All.First(known => known.Function == route.Function);
            JsonObject path = paths[route.Path] as JsonObject ?? [];
            foreach (string method in route.Methods) path[method] = Operation(route, method, operation);
            paths[route.Path] = path;
        }

        Limit(policy);
        DescribeErrors();
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "NicheFunctions",
                ["version"] = string.Create(CultureInfo.InvariantCulture, $"1.0.{policy.Version}"),
                ["description"] = "Pictures and texts made by the miners of Bittensor subnet 23 and judged before they are delivered. Works with clients of the OpenAI API.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            // Anybody, or somebody with a key; what needs a key says so itself.
            ["security"] = new JsonArray(new JsonObject(), Key()),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = _schemas.ToJson(), ["securitySchemes"] = new JsonObject { ["key"] = Scheme() } },
        };
    }

    private static JsonObject Key() => new() { ["key"] = new JsonArray() };

    private static JsonObject Scheme() => new()
    {
        ["type"] = "http", ["scheme"] = "bearer",
        ["description"] = "Key of an account, niche_...: /link in a chat makes one, and so does the operator. Without one orders are nobody's, unless the operator demands one.",
    };

    private JsonObject Operation(ApiRoute route, string method, ApiOperation operation)
    {
        JsonObject described = new()
        {
            ["operationId"] = method == "head" ? route.Function + "Head" : route.Function,
            ["summary"] = operation.Summary,
        };
        if (operation.NeedsKey) described["security"] = new JsonArray(Key());
        if (operation.Parameters.Count > 0) described["parameters"] = new JsonArray([.. operation.Parameters.Select(parameter => Parameter(route, parameter))]);
        if (operation.Body is { } body)
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/json"] = Content(body) } };
        JsonObject responses = [];
        foreach (ApiAnswer answer in operation.Answers) AddAnswer(responses, answer);
        foreach (IGrouping<int, ErrorKind> status in Kinds(operation.Errors).GroupBy(kind => kind.Status).OrderBy(group => group.Key)) AddErrors(responses, status);
        described["responses"] = responses;
        return described;
    }

    private void AddAnswer(JsonObject responses, ApiAnswer answer)
    {
        string status = answer.Status.ToString(CultureInfo.InvariantCulture);
        JsonObject response = responses[status] as JsonObject ?? new JsonObject { ["description"] = answer.Text, ["content"] = new JsonObject() };
        response["content"]![answer.MediaType] = answer.Example is { } example ? Content(example) : new JsonObject();
        responses[status] = response;
    }

    private void AddErrors(JsonObject responses, IGrouping<int, ErrorKind> status) => responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new JsonObject
    {
        ["description"] = string.Join(", ", status.Select(kind => $"{kind.Code}: {kind.Title}")) + ".",
        ["content"] = new JsonObject { [Problem.MediaType] = new JsonObject { ["schema"] = _schemas.Add(typeof(ProblemBody)) } },
    };

    private JsonObject Content(object example) => new()
    {
        ["schema"] = _schemas.Add(example.GetType()),
        ["example"] = JsonSerializer.SerializeToNode(example, example.GetType(), ApiJson.Options),
    };

    private void Limit(SubnetPolicy policy)
    {
        foreach ((Type body, IReadOnlyDictionary<string, JsonObject> members) in new ApiLimits(policy).All())
        {
            JsonObject properties = (JsonObject)_schemas[body]["properties"]!;
            foreach ((string name, JsonObject limit) in members)
            {
                JsonObject member = properties[name] as JsonObject ?? [];
                foreach ((string key, JsonNode? value) in limit) member[key] = value?.DeepClone();
                properties[name] = member;
            }

            if (body != typeof(LinkBody)) _schemas[body]["required"] = new JsonArray(body == typeof(ChatBody) ? "messages" : "prompt");
        }
    }

    private void DescribeErrors()
    {
        JsonObject code = (JsonObject)_schemas[typeof(ProblemBody)]["properties"]!["code"]!;
        code["enum"] = new JsonArray([.. ErrorCatalogue.All.Select(kind => JsonValue.Create(kind.Code))]);
        code["description"] = "Stable. " + string.Join("; ", ErrorCatalogue.All.Select(kind => $"{kind.Code} ({kind.Status}): {kind.Title}")) + ".";
    }

    private static IEnumerable<ErrorKind> Kinds(IReadOnlyList<string> codes) => ErrorCatalogue.All.Where(kind => codes.Contains(kind.Code, StringComparer.Ordinal));

    private static JsonObject Parameter(ApiRoute route, KeyValuePair<string, string> parameter)
    {
        bool inPath = route.Path.Contains($"{{{parameter.Key}}}", StringComparison.Ordinal);
        return new JsonObject
        {
            ["name"] = parameter.Key.TrimStart('?'), ["in"] = inPath ? "path" : parameter.Key.StartsWith('?') ? "query" : "header", ["required"] = inPath, ["description"] = parameter.Value,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
    }

    private static StudioFile File(string text, string type)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new StudioFile(bytes, type, EntityTags.Of(bytes));
    }
}
