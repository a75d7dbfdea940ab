using System.Text.Json.Nodes;

namespace Niche.Studio.Tests.StandIn;

/// <summary>The models on offer: the demo model, a larger one with other limits, and one for text.</summary>
public sealed class StandInModels
{
    /// <summary>What the demo model does well.</summary>
    public IReadOnlyList<string> Suggestions { get; set; } =
    [
        "a red house in the mountains at night with a full moon", "a white sailboat on the coast at sunset", "three pink trees by the ocean at noon",
        "a blue castle at sunset in the mountains", "a yellow hot air balloon over the desert in the evening", "two pines in the snow by day",
    ];

    /// <summary>As the API lists them.</summary>
    public JsonObject View() => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray(
            Model("niche-scenes", new JsonObject
            {
                ["kind"] = "image", ["sizes"] = Sizes((128, 128)), ["steps"] = Range(4, 50, 20), ["guidance"] = Range(1, 12, 4), ["max_count"] = 4,
                ["suggestions"] = new JsonArray([.. Suggestions.Select(text => JsonValue.Create(text))]),
            }),
            Model("wide-scenes", new JsonObject
            {
                ["kind"] = "image", ["sizes"] = Sizes((512, 512), (768, 512), (512, 768)), ["steps"] = Range(1, 8, 6), ["guidance"] = Range(0, 2, 1),
                ["max_count"] = 2, ["suggestions"] = new JsonArray(),
            }),
            Model("niche-prompt-lm", new JsonObject { ["kind"] = "text" })),
    };

    private static JsonObject Model(string id, JsonObject niche) => new() { ["id"] = id, ["object"] = "model", ["owned_by"] = "niche", ["niche"] = niche };

    private static JsonArray Sizes(params (int Width, int Height)[] sizes) =>
        new([.. sizes.Select(size => new JsonObject { ["width"] = size.Width, ["height"] = size.Height })]);

    private static JsonObject Range(double min, double max, double standard) => new() { ["min"] = min, ["max"] = max, ["default"] = standard };
}
