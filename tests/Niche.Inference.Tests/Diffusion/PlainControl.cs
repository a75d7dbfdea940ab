using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>What a tiny ControlNet and the residual inputs of a tiny UNet compute, written out in loops.</summary>
internal sealed class PlainControl(string folder, string net = "controlnet/model.onnx")
{
    private readonly Dictionary<string, float[]> _net = Weights(Path.Combine(folder, net));
    private readonly Dictionary<string, float[]> _unet = Weights(Path.Combine(folder, "unet/model.onnx"));

    /// <summary>What the residuals add to the UNet's output.</summary>
    /// <param name="latents">Scaled latents [4, height, width].</param>
    /// <param name="image">The control picture.</param>
    /// <param name="states">Hidden states [tokens, width].</param>
    /// <param name="tokens">How many.</param>
    /// <param name="timestep">Timestep.</param>
    /// <param name="scales">Factor of each residual.</param>
    public float[] Added(float[] latents, RgbImage image, ReadOnlySpan<float> states, int tokens, float timestep, double[] scales)
    {
        var (height, width) = (image.Height / 8, image.Width / 8);
        var mean = new double[states.Length / tokens];
        for (var i = 0; i < states.Length; i++) mean[i % mean.Length] += states[i] / (double)tokens;
        var colours = new float[3 * image.Width * image.Height];
        for (var i = 0; i < colours.Length; i++) colours[i] = image.Pixels[(i % (colours.Length / 3) * 3) + (i / (colours.Length / 3))] / 255f;
        var sum = new float[4 * height * width];
        for (var block = 0; block < scales.Length; block++)
        {
            var (channels, shrink) = TinyControl.Blocks[block];
            for (var at = 0; at < height * width; at++)
            {
                var (y, x) = (at / width / shrink, at % width / shrink);
                for (var c = 0; c < channels; c++)
                {
                    var residual = Square(latents, 4, width, height, _net[$"latents.{block}"], c, shrink, y, x)
                        + Square(colours, 3, image.Width, image.Height, _net[$"picture.{block}"], c, 8 * shrink, y, x)
                        + Math.Cos(timestep * _net[$"time.{block}"][c]);
                    for (var i = 0; i < mean.Length; i++) residual += mean[i] * _net[$"told.{block}"][(i * channels) + c];
                    for (var o = 0; o < 4; o++) sum[(o * height * width) + at] += (float)(scales[block] * residual * _unet[$"residual.{block}"][(o * channels) + c]);
                }
            }
        }
        return sum;
    }

    private static double Square(float[] planes, int inputs, int width, int height, float[] weights, int output, int side, int row, int column)
    {
        var sum = 0.0;
        for (var i = 0; i < inputs; i++)
        {
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                    sum += planes[(((i * height) + (row * side) + y) * width) + (column * side) + x] * (double)weights[(((((output * inputs) + i) * side) + y) * side) + x];
            }
        }
        return sum;
    }

    private static Dictionary<string, float[]> Weights(string file) => OnnxTensors.Read(file, _ => true).ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
}
