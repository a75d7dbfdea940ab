using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>The shapes on the wire, compiled ahead.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OpenAiError))]
[JsonSerializable(typeof(OpenAiImages))]
[JsonSerializable(typeof(OpenAiModels))]
[JsonSerializable(typeof(CapabilitiesAnswer))]
[JsonSerializable(typeof(PredictionAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(InfoAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(ModelChangeAnswer))]
[JsonSerializable(typeof(ImageAnswer))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(TextAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(FeaturesAnswer))]
internal sealed partial class EndpointJson : JsonSerializerContext;
