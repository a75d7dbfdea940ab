using System.Globalization;

namespace Niche.Cli.Terminal;

/// <summary>Values in words that fit a table.</summary>
internal static class Words
{
    /// <summary>Without what could steer a terminal: text of chains and peers is written by strangers.</summary>
    public static string Clean(string? text) =>
        string.Concat((text ?? "").Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? ' ' : c));

    /// <summary>An address by its ends.</summary>
    public static string Short(string address) => address.Length <= 14 ? Clean(address) : $"{Clean(address[..6])}…{Clean(address[^5..])}";

    /// <summary>TAO, with as many decimals as say something.</summary>
    public static string Tao(double tao) => tao.ToString(tao >= 1000 ? "#,0" : tao >= 1 ? "0.00" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>A share of 65535.</summary>
    public static string Share(int value) => (value / 65535.0).ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
