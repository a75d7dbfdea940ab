using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Triggers.Binding;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Execution;

/// <summary>One run of a function. Exactly one of the trigger's properties is set; what only few functions read is made when asked for.</summary>
internal sealed class Invocation(FunctionDescriptor function, IServiceProvider services) : FunctionContext
{
    private string? _id;
    private IDictionary<object, object>? _items;
    private TriggerData? _data;
    private IServiceProvider _services = services;

    public override string InvocationId => _id ??= Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override FunctionDefinition FunctionDefinition => function;

    public override BindingContext BindingContext => _data ??= new TriggerData(this);

    public override IServiceProvider InstanceServices
    {
        get => _services;
        set => _services = value ?? throw new ArgumentNullException(nameof(value));
    }

    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    public override CancellationToken CancellationToken => Token;

    public CancellationToken Token { get; set; }

    public QueueItem? Item { get; init; }

    /// <summary>The decoded message of <see cref="Item"/>.</summary>
    public ReadOnlyMemory<byte> Message { get; init; }

    public TimerInfo? Timer { get; init; }

    public HttpContext? Http { get; init; }

    public HttpRequest? Request => Http?.Request;

    private sealed class TriggerData(Invocation invocation) : BindingContext
    {
        private Dictionary<string, object?>? _values;

        public override IReadOnlyDictionary<string, object?> BindingData => _values ??= Read();

        private Dictionary<string, object?> Read()
        {
            var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            if (invocation.Item is { } item)
            {
                values["QueueTrigger"] = Encoding.UTF8.GetString(invocation.Message.Span);
                values["Id"] = item.Id;
                values["PopReceipt"] = item.PopReceipt;
                values["DequeueCount"] = item.DequeueCount.ToString(CultureInfo.InvariantCulture);
                values["InsertionTime"] = JsonSerializer.Serialize(item.InsertedOn);
                values["ExpirationTime"] = JsonSerializer.Serialize(item.ExpiresOn);
                values["NextVisibleTime"] = JsonSerializer.Serialize(item.NextVisibleOn);
            }
            else if (invocation.Http is { } http)
            {
                foreach (var (name, value) in http.Request.RouteValues)
                    values[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
            }

            return values;
        }
    }
}
