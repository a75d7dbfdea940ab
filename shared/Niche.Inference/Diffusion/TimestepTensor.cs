using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>The timestep input of a denoiser. Exporters write it as a float or as a whole number, which cuts off fractions as torch does.</summary>
internal sealed class TimestepTensor : IDisposable
{
    private readonly HostTensor<float>? _fractional;
    private readonly HostTensor<long>? _whole;

    public TimestepTensor(TensorElementType type)
    {
        if (type == TensorElementType.Float) _fractional = new HostTensor<float>(1);
        else _whole = new HostTensor<long>(1);
    }

    public OrtValue Value => _fractional?.Value ?? _whole!.Value;

    public void Set(float timestep)
    {
        if (_fractional is not null) _fractional.Data[0] = timestep;
        else _whole!.Data[0] = (long)timestep;
    }

    public void Dispose()
    {
        _fractional?.Dispose();
        _whole?.Dispose();
    }
}
