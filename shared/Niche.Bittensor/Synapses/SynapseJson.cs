using System.Text.Encodings.Web;
using System.Text.Json;

namespace Niche.Bittensor.Synapses;

/// <summary>How synapses are written and read as JSON: snake_case, depth at most 64, null only where the type says so.</summary>
public static class SynapseJson
{
    /// <summary>The one set of options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The same for a writer of its own; what is written comes from our types, so it is not checked again.</summary>
    internal static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            MaxDepth = 64,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,

            // The default encoder writes + as \u002B, which makes every base64 picture a good part larger. Nothing here is ever put into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
