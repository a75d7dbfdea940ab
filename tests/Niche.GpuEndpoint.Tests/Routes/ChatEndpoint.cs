namespace Niche.GpuEndpoint.Tests.Routes;

/// <summary>A real endpoint with the demo language model, alone and with chat templates.</summary>
public sealed class ChatEndpoint : IAsyncLifetime
{
    private const string Template =
        "{% for m in messages %}{% if m.role == 'system' and not loop.first %}{{ raise_exception('Rules come first') }}{% endif %}{{ m.content | trim }}{{ '' if loop.last else ' ' }}{% endfor %}";

    private readonly TextModels _models = new TextModels().Add("plain").Add("chatty", Template).Add("odd", "{% include 'x' %}");

    public RunningEndpoint Endpoint { get; private set; } = null!;

    /// <summary>The folder of models.</summary>
    public string Root => _models.Root;

    public async ValueTask InitializeAsync() => Endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, ModelsDirectory = _models.Root });

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        _models.Dispose();
    }
}
