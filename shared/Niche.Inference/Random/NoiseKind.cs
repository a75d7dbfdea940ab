using System.Text.Json.Serialization;

namespace Niche.Inference.Random;

/// <summary>Which generator turns a model's seeds into noise; part of the model, since another one means other pictures.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoiseKind>))]
public enum NoiseKind
{
    /// <summary><see cref="TorchCudaNoise"/>: what a reference made on a GPU has.</summary>
    [JsonStringEnumMemberName("torch_cuda")] TorchCuda,

    /// <summary><see cref="TorchCpuNoise"/>.</summary>
    [JsonStringEnumMemberName("torch_cpu")] TorchCpu,
}
