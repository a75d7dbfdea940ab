using Niche.GpuEndpoint.Access;
using Niche.GpuEndpoint.ImageUrls;
using Niche.GpuEndpoint.Predictions;
using Niche.GpuEndpoint.Safety;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint;

/// <summary>How one endpoint runs.</summary>
public sealed record EndpointOptions
{
    /// <summary>Addresses to listen on; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:10006"];

    /// <summary>Folder whose sub-folders are models.</summary>
    public string ModelsDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Threads inside one operator; 0 for half of the logical processors.</summary>
    public int Threads { get; init; }

    /// <summary>What computes; Auto takes the fastest that works here.</summary>
    public ProviderSettings Provider { get; init; } = new(ExecutionProvider.Auto);

    /// <summary>Requests of one kind that may wait behind the running one; more are answered 429.</summary>
    public int Queue { get; init; } = 32;

    /// <summary>Pictures of one shape that are painted together when they wait at the same time, as far as the model allows it.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Time between two looks for models that came to or went from the folder; zero never looks.</summary>
    public TimeSpan Watch { get; init; }

    /// <summary>Texts that are made at the same time; those of one model share its runs.</summary>
    public int TextBatch { get; init; } = 8;

    /// <summary>Texts of pass-through models that are made at the same time.</summary>
    public int Passed { get; init; } = 32;

    /// <summary>Time between two looks after the servers of pass-through models.</summary>
    public TimeSpan UpstreamWatch { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The key that clients must send; null lets everybody in.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>Judges pictures before they leave; null lets every picture out.</summary>
    public SafetyOptions? Safety { get; init; }

    /// <summary>Whether and how pictures of requests are fetched from addresses.</summary>
    public PictureUrlRules ImageUrls { get; init; } = new();

    /// <summary>How long accepted work may still take once the endpoint is told to stop.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many finished predictions are kept.</summary>
    public PredictionLimits Predictions { get; init; } = PredictionLimits.Default;

    /// <summary>Kinds of models to serve.</summary>
    public IReadOnlyList<ModelKind> Only { get; init; } = [ModelKind.Image, ModelKind.Text, ModelKind.Embedding];
}
