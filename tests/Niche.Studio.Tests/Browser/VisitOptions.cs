using Microsoft.Playwright;

namespace Niche.Studio.Tests.Browser;

/// <summary>How a visitor looks at the page.</summary>
public sealed record VisitOptions
{
    /// <summary>Width of the window in CSS pixels.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Height of the window in CSS pixels.</summary>
    public int Height { get; init; } = 900;

    /// <summary>What the visitor's system prefers.</summary>
    public ColorScheme Colours { get; init; } = ColorScheme.Light;

    /// <summary>Device pixels per CSS pixel.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>The browser itself notes each refused request on the console; tests of refusals expect that.</summary>
    public bool RefusalsExpected { get; init; }

    /// <summary>False: the steps open the page themselves, after setting the stage.</summary>
    public bool OpenAtOnce { get; init; } = true;
}
