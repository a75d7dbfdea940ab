using System.Globalization;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Answers;

/// <summary>Snowflakes as the core carries them: text.</summary>
internal static class Ids
{
    /// <summary>The id as text.</summary>
    public static string Write(ulong id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text as an id.</summary>
    public static ulong Read(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
        ? id
        : throw new PlatformException(PlatformFault.Refused, "An id of a channel or message is no snowflake.");

    /// <summary>Where messages of a place stand: a thread is a channel of its own.</summary>
    public static ulong ChannelOf(Place place) => Read(place.Thread ?? place.Channel);
}
