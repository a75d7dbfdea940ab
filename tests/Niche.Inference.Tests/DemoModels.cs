using Niche.Inference.Diffusion;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Tests;
using Niche.Inference.Text;

[assembly: AssemblyFixture(typeof(DemoModels))]

namespace Niche.Inference.Tests;

/// <summary>The demo models, loaded once for all tests.</summary>
public sealed class DemoModels : IAsyncLifetime
{
    private static readonly SessionSettings Settings = new(2);

    public DiffusionPipeline Pipeline { get; private set; } = null!;

    public TextGenerator Text { get; private set; } = null!;

    public DualEncoder Dual { get; private set; } = null!;

    public VaeEncoder Vae { get; private set; } = null!;

    public FeatureExtractor Features { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var scenes = TestData.Open("niche-scenes");
        Pipeline = await DiffusionPipeline.LoadAsync(scenes, Settings, TimeProvider.System);
        Vae = VaeEncoder.Load(scenes, Settings, TimeProvider.System);
        Dual = await DualEncoder.LoadAsync(TestData.Open("niche-clip"), Settings, TimeProvider.System);
        Text = TextGenerator.Load(TestData.Open("niche-prompt-lm"), Settings, TimeProvider.System);
        Features = new FeatureExtractor(Dual, Vae, new ImageLimits());
    }

    public DiffusionResult Paint(string prompt, uint seed = 7, int steps = 20, double guidance = 4) =>
        Pipeline.Generate(new DiffusionRequest(prompt, "", seed, steps, guidance, 128, 128), null, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        Pipeline.Dispose();
        Text.Dispose();
        Dual.Dispose();
        Vae.Dispose();
        return ValueTask.CompletedTask;
    }
}
