using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Tests.Models;

public sealed class InputTensorTests
{
    [Fact]
    public void Numbers_come_in_the_type_that_is_asked_for_and_whole_ones_lose_their_fractions()
    {
        using var narrow = InputTensor.Of<float>(TensorElementType.Int32, [999.9f, -1.5f], 2);
        using var wide = InputTensor.Of<float>(TensorElementType.Int64, [999.9f, -1.5f], 2, 1);
        using var real = InputTensor.Of<int>(TensorElementType.Float, [7, -3], 1, 2);

        Assert.Equal([999, -1], narrow.Value.GetTensorDataAsSpan<int>());
        Assert.Equal([999L, -1L], wide.Value.GetTensorDataAsSpan<long>());
        Assert.Equal([7f, -3f], real.Value.GetTensorDataAsSpan<float>());
        Assert.Equal([1L, 2L], real.Value.GetTensorTypeAndShape().Shape);
        // Whoever runs it rounds.
        using var half = InputTensor.Of<float>(TensorElementType.Float16, [0.5f], 1);
        Assert.Equal([0.5f], half.Value.GetTensorDataAsSpan<float>());
    }

    [Fact]
    public void The_tensor_stays_while_its_shape_does_and_grows_with_it()
    {
        using var tensor = new InputTensor(TensorElementType.Int64);
        var first = tensor.Set<int>([5], 1, 1);

        Assert.Same(first, tensor.Set<int>([6], 1, 1));
        Assert.Equal([6L], first.GetTensorDataAsSpan<long>());
        tensor.Fill(8);
        Assert.Equal([8L], first.GetTensorDataAsSpan<long>());
        for (var length = 1; length < 40; length++)
        {
            int[] numbers = [.. Enumerable.Range(length, length)];

            var grown = tensor.Set<int>(numbers, 1, length);

            Assert.Equal(numbers.Select(number => (long)number), grown.GetTensorDataAsSpan<long>().ToArray());
            Assert.Equal([1L, length], grown.GetTensorTypeAndShape().Shape);
        }
    }

    [Fact]
    public void Another_type_is_refused_by_name()
    {
        using var tensor = new InputTensor(TensorElementType.Bool);

        Assert.Contains("Bool", Assert.Throws<NotSupportedException>(() => tensor.Set<int>([1], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => tensor.Value);
    }
}
