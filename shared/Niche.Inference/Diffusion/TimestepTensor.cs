using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>The timestep input of a denoiser. Exporters write it as a float or as a whole number, which cuts off fractions as torch does.</summary>
internal sealed class TimestepTensor : IDisposable
{
    private readonly HostTensor<float>? _fractional;
    private readonly HostTensor<long>? _whole;

    public TimestepTensor(TensorElementType type, int count)
    {
        if (type is TensorElementType.Float or TensorElementType.Float16) _fractional = new HostTensor<float>(count);
        else _whole = new HostTensor<long>(count);
    }

    public OrtValue Value => _fractional?.Value ?? _whole!.Value;

    public void Set(float timestep)
    {
        _fractional?.Data.Fill(timestep);
        _whole?.Data.Fill((long)timestep);
    }

    public void Dispose()
    {
        _fractional?.Dispose();
        _whole?.Dispose();
    }
}
