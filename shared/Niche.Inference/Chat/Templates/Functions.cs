using System.Globalization;
using System.Text;

namespace Niche.Inference.Chat.Templates;

/// <summary>The functions that a chat template may call.</summary>
internal static class Functions
{
    public static IReadOnlyList<string> Names { get; } = ["range", "namespace", "dict", "raise_exception", "strftime_now"];

    public static object? Call(string name, Arguments arguments, Rendering run)
    {
        switch (name)
        {
            case "range":
                return Range([.. arguments.Placed.Select(Values.Whole)], run.Budget);
            case "raise_exception":
                throw new ChatTemplateException("template_refused", Values.Text(arguments.Take(0, "message", ""), run.Budget));
            case "strftime_now":
                return Date(arguments.NeedText(0, "format"), run.Now);
            case "dict":
                var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
                foreach (var (key, value) in arguments.Named) map[key] = value;
                return map;
            default:
                var space = new NameSpace();
                foreach (var (key, value) in arguments.Named) space.Values[key] = value;
                return space;
        }
    }

    private static List<object?> Range(long[] bounds, Budget budget)
    {
        if (bounds.Length is < 1 or > 3) throw Values.Failed("range takes one to three numbers");
        var (from, to, step) = bounds.Length == 1 ? (0, bounds[0], 1) : (bounds[0], bounds[1], bounds.Length == 3 ? bounds[2] : 1);
        if (step == 0) throw Values.Failed("range with step 0");
        var numbers = new List<object?>();
        for (var number = from; step > 0 ? number < to : number > to; number = checked(number + step))
        {
            budget.Pay(Budget.Step);
            numbers.Add(number);
        }
        return numbers;
    }

    private static string Date(string format, DateTimeOffset now)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            text.Append(format[++i] switch
            {
                '%' => "%",
                'd' => Two(now.Day), 'm' => Two(now.Month), 'y' => Two(now.Year % 100), 'H' => Two(now.Hour), 'M' => Two(now.Minute), 'S' => Two(now.Second),
                'Y' => now.Year.ToString("0000", CultureInfo.InvariantCulture),
                'b' => now.ToString("MMM", CultureInfo.InvariantCulture), 'B' => now.ToString("MMMM", CultureInfo.InvariantCulture),
                'a' => now.ToString("ddd", CultureInfo.InvariantCulture), 'A' => now.ToString("dddd", CultureInfo.InvariantCulture),
                var other => throw new ChatTemplateException("template_unsupported", $"strftime_now with '%{other}' is not supported."),
            });
        }
        return text.ToString();

        static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);
    }
}
