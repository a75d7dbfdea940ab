using System.Text.Json.Nodes;
using Niche.Functions.Api.Accounts;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Functions.Api.Document;

/// <summary>
/// What the policy allows, written into the schemas of the requests: the widest range over the models of a kind; the exact one of each model is
/// in <c>GET /v1/models</c>.
/// </summary>
public sealed class ApiLimits
{
    private readonly ModelPolicy[] _image, _text;

    /// <summary>Limits of a policy.</summary>
    public ApiLimits(SubnetPolicy policy)
    {
        _image = [.. policy.Models.Where(model => model.Kind == ModelKind.Image)];
        _text = [.. policy.Models.Where(model => model.Kind == ModelKind.Text)];
    }

    /// <summary>Every body of a request with its members; a test holds it against the types.</summary>
    public IReadOnlyDictionary<Type, IReadOnlyDictionary<string, JsonObject>> All() => new Dictionary<Type, IReadOnlyDictionary<string, JsonObject>>
    {
        [typeof(ImagesBody)] = new Dictionary<string, JsonObject>(Picture())
        {
            ["n"] = Count(),
            ["size"] = Values(["auto", .. Sizes().Select(size => size.ToString())]),
            ["response_format"] = Values(["url", "b64_json"]),
        },
        [typeof(JobBody)] = new Dictionary<string, JsonObject>(Picture())
        {
            ["kind"] = Values(["image"]),
            ["count"] = Count(),
            ["width"] = Integer(Sizes().Min(size => size.Width), Sizes().Max(size => size.Width), "With height one of the model's sizes."),
            ["height"] = Integer(Sizes().Min(size => size.Height), Sizes().Max(size => size.Height), "With width one of the model's sizes."),
            ["image"] = new JsonObject
            {
                ["type"] = "string", ["maxLength"] = JobBody.MaxImageCharacters,
                ["description"] = "A picture to start from: base64 of a PNG, JPEG or WebP, also as a data URL.",
            },
            ["strength"] = Number(JobRequestValidator.Strengths.Min, JobRequestValidator.Strengths.Max, "How much of image is painted anew. 0.6 when absent."),
        },
        [typeof(ChatBody)] = Chat(),
        [typeof(LinkBody)] = new Dictionary<string, JsonObject>
        {
            ["code"] = new JsonObject { ["type"] = "string", ["maxLength"] = 40, ["description"] = "A code of /link. Absent: make one for the account of this key." },
            ["name"] = new JsonObject { ["type"] = "string", ["maxLength"] = 60, ["description"] = "What the key is for that a code is exchanged for when no key is sent." },
        },
    };

    private Dictionary<string, JsonObject> Picture() => new()
    {
        ["prompt"] = Text(1, _image),
        ["negative_prompt"] = Text(0, _image),
        ["model"] = Model(_image),
        ["steps"] = Integer(_image.Min(model => model.Steps!.Min), _image.Max(model => model.Steps!.Max), "Denoising steps."),
        ["guidance"] = Number(_image.Min(model => model.Guidance!.Min), _image.Max(model => model.Guidance!.Max), "Scale of classifier-free guidance."),
        ["seed"] = Integer(0, _image.Max(model => model.MaxSeed), "Picture i takes seed + i. Drawn when absent."),
    };

    private Dictionary<string, JsonObject> Chat() => new()
    {
        ["model"] = Model(_text),
        ["messages"] = new JsonObject
        {
            ["minItems"] = 1, ["maxItems"] = ChatBody.MaxMessages,
            ["description"] = $"The last message of the user is continued; up to {_text.Max(model => model.MaxPromptCharacters)} characters.",
        },
        ["max_tokens"] = Tokens(),
        ["max_completion_tokens"] = Tokens(),
        ["temperature"] = Number(0, JobRequestValidator.MaxTemperature, "0 is greedy."),
        ["top_p"] = new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1 },
        ["seed"] = Integer(0, _text.Max(model => model.MaxSeed), "Drawn when absent."),
        ["n"] = Integer(1, 1, "One answer."),
        ["stream"] = new JsonObject { ["type"] = "boolean", ["description"] = "Server-sent events instead of one answer." },
        ["stream_options"] = new JsonObject { ["description"] = "include_usage: the usage comes in an event of its own before [DONE]." },
        ["stop"] = new JsonObject
        {
            ["description"] = "Where the text ends.",
            ["oneOf"] = new JsonArray(Stop(), new JsonObject { ["type"] = "array", ["maxItems"] = JobRequestValidator.MaxStops, ["items"] = Stop() }),
        },
    };

    private IEnumerable<ImageSize> Sizes() => _image.SelectMany(model => model.Sizes).Distinct();

    private JsonObject Count() => Integer(1, _image.Max(model => model.MaxCount), "Number of pictures.");

    private JsonObject Tokens() => Integer(_text.Min(model => model.MaxTokens!.Min), _text.Max(model => model.MaxTokens!.Max), "Most tokens to write.");

    private static JsonObject Stop() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = JobRequestValidator.MaxStopCharacters };

    private static JsonObject Model(ModelPolicy[] models)
    {
        JsonObject values = Values([.. models.Select(model => model.Name)]);
        values["default"] = models[0].Name;
        return values;
    }

    private static JsonObject Text(int least, ModelPolicy[] models) => new()
    {
        ["type"] = "string", ["minLength"] = least, ["maxLength"] = models.Max(model => model.MaxPromptCharacters),
        ["description"] = "No control characters but line ends and tabs.",
    };

    private static JsonObject Values(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };

    private static JsonObject Integer(long min, long max, string text) => new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max, ["description"] = text };

    private static JsonObject Number(double min, double max, string text) => new() { ["type"] = "number", ["minimum"] = min, ["maximum"] = max, ["description"] = text };
}
