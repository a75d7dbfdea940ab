using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Niche.Triggers.Execution;

namespace Niche.Triggers.Binding;

/// <summary>The kinds of parameter that a message can be bound to.</summary>
internal static class QueueArguments
{
    /// <summary>One set of options for reading and writing: the worker's default serialiser, which ignores the case of names.</summary>
    public static JsonSerializerOptions Json { get; } = new() { PropertyNameCaseInsensitive = true };

    public static Expression Bind(Type type)
    {
        var message = Expression.Property(FunctionCompiler.Invocation, nameof(Invocation.Message));
        var (method, generic) = type switch
        {
            _ when type == typeof(string) => (nameof(Text), null),
            _ when type == typeof(byte[]) => (nameof(Bytes), null),
            _ when type == typeof(ReadOnlyMemory<byte>) => (nameof(Memory), null),
            _ => (nameof(Poco), new[] { type }),
        };
        return Expression.Call(typeof(QueueArguments), method, generic, message);
    }

    private static string Text(ReadOnlyMemory<byte> message) => Encoding.UTF8.GetString(message.Span);

    private static byte[] Bytes(ReadOnlyMemory<byte> message) => message.ToArray();

    private static ReadOnlyMemory<byte> Memory(ReadOnlyMemory<byte> message) => message;

    private static T Poco<T>(ReadOnlyMemory<byte> message) =>
        JsonSerializer.Deserialize<T>(message.Span, Json)
        ?? throw new JsonException($"The message is JSON null; a {typeof(T).Name} is expected.");
}
