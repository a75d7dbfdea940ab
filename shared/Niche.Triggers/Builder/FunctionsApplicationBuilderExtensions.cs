namespace Niche.Triggers.Builder;

/// <summary>What the ASP.NET Core extension of the real worker adds to the builder.</summary>
public static class FunctionsApplicationBuilderExtensions
{
    /// <summary>Enables HTTP triggers with ASP.NET Core's own request and result types.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Local.EnableHttp();
        return builder;
    }
}
