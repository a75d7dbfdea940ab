using System.Globalization;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Texts;

/// <summary>The text book opened at one language.</summary>
/// <param name="book">The book.</param>
/// <param name="language">The language.</param>
public sealed class Words(TextBook book, Language language)
{
    /// <summary>The language.</summary>
    public Language Language => language;

    /// <summary>A sentence with styles.</summary>
    public RichText Say(string key, params IReadOnlyList<Filling> fillings) => book.Say(language, key, fillings);

    /// <summary>A sentence without styles, for titles and labels.</summary>
    public string Line(string key, params IReadOnlyList<Filling> fillings) => book.Say(language, key, fillings).ToString();

    /// <summary>What a refusal says; one that the book does not know is said in general words.</summary>
    public RichText Say(Notice notice) => book.Has(notice.Key) ? Say(notice.Key, [.. notice.Fillings]) : Say("error.internal");

    /// <summary>A time span as people say it: seconds below two minutes, minutes above.</summary>
    public string Time(TimeSpan time)
    {
        double seconds = Math.Max(1, Math.Ceiling(time.TotalSeconds));
        return seconds < 120
            ? Line("time.seconds", Filling.Of("n", seconds))
            : Line("time.minutes", Filling.Of("n", Math.Round(seconds / 60, MidpointRounding.AwayFromZero)));
    }

    /// <summary>A part as per cent.</summary>
    public static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.#} %");
}
