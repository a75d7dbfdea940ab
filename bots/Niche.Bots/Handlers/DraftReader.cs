using Niche.Bots.Commands;
using Niche.Bots.Orders;
using Niche.Bots.Parsing;
using Niche.Bots.People;
using Niche.Bots.Texts;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handlers;

/// <summary>Makes a job draft out of what was said, what the person and the channel usually want, and the model's own defaults. Names every fault at once.</summary>
public sealed class DraftReader(SubnetPolicy policy)
{
    /// <summary>Reads a request.</summary>
    /// <param name="options">What was said.</param>
    /// <param name="defaults">What is meant where nothing was said.</param>
    /// <param name="parent">The order that it is a relative of; null when none.</param>
    /// <param name="picture">File of the picture to start from; null when none.</param>
    /// <param name="strength">Strength that is meant where none was said; null leaves it to the subnet.</param>
    public (OrderDraft? Draft, IReadOnlyList<Notice> Faults) Read(
        Options options, PaintDefaults defaults, string? parent = null, byte[]? picture = null, double? strength = null)
    {
        List<Notice> faults = [.. options.Faults];
        string name = options.Text("model") ?? (policy.Find(defaults.Model) is { Kind: ModelKind.Image } usual ? usual.Name : policy.Models.First(IsImage).Name);
        ModelPolicy? model = policy.Models.FirstOrDefault(one => IsImage(one) && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        ImageSize? size = model is null ? null : SizeOf(model, options.Text("ratio"), defaults.Ratio, faults);
        string prompt = options.Text("prompt") ?? "";
        string? style = options.Text("style") ?? defaults.Style;
        JobDraft draft = new()
        {
            Kind = JobKind.Image,
            Model = model?.Name ?? name,
            Prompt = StyleBook.Apply(prompt, style),
            NegativePrompt = options.Text("negative") ?? defaults.Negative,
            Count = (int?)options.Whole("count") ?? Within(defaults.Count, 1, model?.MaxCount),
            Width = size?.Width,
            Height = size?.Height,
            Steps = (int?)options.Whole("steps") ?? Within(defaults.Steps, model?.Steps?.Min, model?.Steps?.Max),
            Guidance = options.Number("guidance") ?? (defaults.Guidance is { } g && model?.Guidance?.Contains(g) == true ? g : null),
            Seed = options.Whole("seed"),
            Picture = picture,
            Strength = picture is null ? null : options.Number("strength") ?? strength,
        };
        if (picture is null && options.Number("strength") is not null) faults.Add(new Notice("error.strength-alone"));
        // The subnet's own rules, so that everything that is wrong is said in one answer; what is missing was said already.
        foreach (NicheError error in JobRequestValidator.Validate(draft, policy, 0).Errors)
        {
            if (prompt.Length > 0 || error.Parameter != "prompt") faults.Add(Notice.Of(error));
        }

        OrderDraft wanted = new(draft, prompt, style, options.Flag("spoiler") ?? false, parent);
        return faults.Count == 0 ? (wanted, []) : (null, faults);
    }

    /// <summary>What an order asked for, as defaults for its relatives.</summary>
    public static PaintDefaults DefaultsOf(Order order) => new(
        order.Request.Model, $"{order.Request.Width}x{order.Request.Height}", order.Request.Count, order.Style, order.Request.Steps, order.Request.Guidance,
        order.Request.NegativePrompt.Length > 0 ? order.Request.NegativePrompt : null);

    private static ImageSize? SizeOf(ModelPolicy model, string? said, string? usual, List<Notice> faults)
    {
        if (said is null) return usual is null ? null : Ratios.Find(model, usual);
        ImageSize? size = Ratios.Find(model, said);
        if (size is null)
        {
            faults.Add(new Notice("error.ratio", Filling.Of("value", StrangerText.Shown(said, 20)), Filling.Of("model", model.Name),
                Filling.Of("values", string.Join(", ", Ratios.Of(model)))));
        }

        return size;
    }

    private static int? Within(int? value, int? min, int? max) => value >= (min ?? int.MinValue) && value <= (max ?? int.MaxValue) ? value : null;

    private static bool IsImage(ModelPolicy model) => model.Kind == ModelKind.Image;
}
