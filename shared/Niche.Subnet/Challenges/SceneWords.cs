namespace Niche.Subnet.Challenges;

/// <summary>Words that the demo models were trained on: its captions name a thing, its colour and place, terrain, time, weather and sky.</summary>
internal static class SceneWords
{
    public static readonly string[] Colors = ["red", "blue", "yellow", "green", "purple", "orange", "pink", "white"];
    public static readonly string[] TreeColors = ["green", "leafy", "orange", "autumn", "pink", "yellow", "golden", "red"];
    public static readonly string[] Things =
        ["house", "cottage", "castle", "fortress", "lighthouse", "windmill", "rocket", "spaceship", "tent", "hot air balloon", "balloon"];
    public static readonly string[] Boats = ["boat", "sailboat", "ship"];
    public static readonly string[] Many = ["houses", "cottages", "tents", "hot air balloons"];
    public static readonly string[] Numbers = ["two", "a pair of", "three"];
    public static readonly string[] Sides = ["on the left", "on the right", "in the middle", "to the left", "to the right", "in the center"];
    public static readonly string[] Waters = ["by the sea", "at the ocean", "on the coast", "by a lake", "beside a calm lake", "at the lake"];
    public static readonly string[] Lands =
    [
        "in the mountains", "in front of snowy peaks", "on green hills", "in rolling hills", "in the countryside", "in the desert",
        "among sand dunes", "in the city", "in a town", "in the forest", "in the woods", "at the edge of a forest",
    ];

    public static readonly string[] DayTimes = ["at dawn", "at sunrise", "in the early morning", "by day", "at noon", "in the afternoon"];
    public static readonly string[] EveningTimes = ["at sunset", "at dusk", "in the evening", "in the golden hour"];
    public static readonly string[] NightTimes = ["at night", "by night", "under a night sky", "at midnight"];
    public static readonly string[] Airs = ["in the rain", "on a rainy day", "in the snow", "in winter", "in the fog", "under a cloudy sky"];
    public static readonly string[] DaySkies = ["with the sun", "with a bright sun", "with clouds", "with the sun in the sky and clouds"];
    public static readonly string[] NightSkies = ["with a full moon", "with a crescent moon", "with a starry sky", "with the moon and stars"];
}
