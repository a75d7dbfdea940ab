using System.Globalization;
using Niche.Bots.Orders;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary>An order as the command that would make it again.</summary>
internal static class RequestText
{
    /// <summary>The whole command.</summary>
    public static string Of(Order order, int maxPrompt) => $"/imagine {OneLine(order.Prompt, maxPrompt)} {Settings(order)}";

    /// <summary>The options alone.</summary>
    public static string Settings(Order order)
    {
        JobRequest request = order.Request;
        string style = order.Style is null ? "" : $" --style {order.Style}";
        string negative = request.NegativePrompt.Length == 0 ? "" : $" --no {OneLine(request.NegativePrompt, 200)}";
        string size = string.Create(CultureInfo.InvariantCulture, $"--model {request.Model} --ratio {request.Width}x{request.Height} --count {request.Count}");
        string work = string.Create(CultureInfo.InvariantCulture, $"--steps {request.Steps} --guidance {request.Guidance:0.##} --seed {request.Seeds[0]}");
        string strength = request.Picture is null ? "" : string.Create(CultureInfo.InvariantCulture, $" --strength {request.Strength:0.##}");
        return $"{size} {work}{strength}{style}{negative}";
    }

    private static string OneLine(string text, int most) => StrangerText.Shown(text.ReplaceLineEndings(" "), most);
}
