using System.Collections;
using System.Text;
using System.Text.Json;
using Niche.Triggers.Binding;
using Niche.Triggers.Hosting;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Execution;

/// <summary>Puts the outputs of a function's result on their queues.</summary>
internal sealed class OutputWriter(QueueConnections connections, HostSettings settings)
{
    /// <summary>What Azure's client gives a message when nothing is said.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(7);

    public async ValueTask WriteAsync(FunctionDescriptor function, object? result, CancellationToken cancellationToken)
    {
        if (result is null)
            return;
        foreach (var output in function.Outputs)
        {
            switch (output.Value(result))
            {
                case null:
                    break;
                case IEnumerable many and not (string or byte[] or IDictionary):
                    foreach (var one in many)
                    {
                        if (one is not null)
                            await PutAsync(output, one, cancellationToken).ConfigureAwait(false);
                    }

                    break;
                case var one:
                    await PutAsync(output, one, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private ValueTask PutAsync(QueueOutput output, object value, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> message = value switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            ReadOnlyMemory<byte> memory => memory,
            _ => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), QueueArguments.Json),
        };
        return connections.For(output.Connection).PutAsync(
            output.Queue, settings.Queues.MessageEncoding.Encode(message), TimeSpan.Zero, TimeToLive, cancellationToken);
    }
}
