using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>What a tiny transformer's ControlNet and the transformer's inputs for residuals compute, written out in loops.</summary>
internal sealed class PlainTransformerControl(string folder, TransformerControlForm form)
{
    private const int Channels = 16;
    private readonly Dictionary<string, float[]> _net = Weights(Path.Combine(folder, "controlnet/model.onnx"));
    private readonly Dictionary<string, float[]> _transformer = Weights(Path.Combine(folder, "transformer/model.onnx"));

    /// <summary>What the residuals add to the prediction, as planes.</summary>
    /// <param name="latents">Scaled latents, planes.</param>
    /// <param name="seen">What is seen of the picture: latents as planes, or colours from -1 to 1.</param>
    /// <param name="width">Places of the latents from left to right.</param>
    /// <param name="timestep">Timestep.</param>
    /// <param name="told">Numbers that move a residual, by the name of their weights; of hidden states the mean of the tokens.</param>
    /// <param name="scale">Factor.</param>
    public float[] Added(float[] latents, float[] seen, int width, float timestep, IReadOnlyList<(string Weights, double[] Values)> told, double scale)
    {
        var (area, columns) = (latents.Length / Channels, width / 2);
        var sum = new float[latents.Length];
        for (var block = 0; block < form.Residuals; block++)
        {
            var mixed = _transformer[$"residual.{block}"];
            for (var patch = 0; patch < area / 4; patch++)
            {
                var (row, column) = (patch / columns, patch % columns);
                var residual = new double[TinyTransformerControl.Width];
                for (var o = 0; o < residual.Length; o++)
                {
                    residual[o] = Square(latents, 2, width, row, column, _net[$"latents.{block}"], o)
                        + (form.Colours ? Square(seen, 16, 8 * width, row, column, _net[$"picture.{block}"], o) : Square(seen, 2, width, row, column, _net[$"picture.{block}"], o))
                        + Math.Cos(timestep * _net[$"time.{block}"][o]);
                    foreach (var (weights, values) in told)
                        for (var i = 0; i < values.Length; i++) residual[o] += values[i] * _net[$"{weights}.{block}"][(i * residual.Length) + o];
                    if (form.Patches) residual[o] += (row * _net[$"places.{block}"][residual.Length + o]) + (column * _net[$"places.{block}"][(2 * residual.Length) + o]);
                }
                for (var c = 0; c < Channels; c++)
                {
                    for (var place = 0; place < 4; place++)
                    {
                        var at = (c * area) + (((2 * row) + (place / 2)) * width) + (2 * column) + (place % 2);
                        var output = form.Patches ? (c * 4) + place : c;
                        for (var o = 0; o < residual.Length; o++) sum[at] += (float)(scale * residual[o] * mixed[(o * (form.Patches ? 4 * Channels : Channels)) + output]);
                    }
                }
            }
        }
        return sum;
    }

    // A square of planes times weights: [output, channel, row, column] of a convolution, or [channel and place, output] of patches.
    private double Square(float[] planes, int side, int width, int row, int column, float[] weights, int output)
    {
        var patches = form.Patches && side == 2;
        var inputs = side == 16 ? 3 : Channels;
        var area = planes.Length / inputs;
        var sum = 0.0;
        for (var i = 0; i < inputs * side * side; i++)
        {
            var (channel, y, x) = (i / (side * side), i / side % side, i % side);
            var weight = patches ? weights[(i * TinyTransformerControl.Width) + output] : weights[(output * inputs * side * side) + i];
            sum += planes[(channel * area) + (((row * side) + y) * width) + (column * side) + x] * (double)weight;
        }
        return sum;
    }

    private static Dictionary<string, float[]> Weights(string file) => OnnxTensors.Read(file, _ => true).ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
}
