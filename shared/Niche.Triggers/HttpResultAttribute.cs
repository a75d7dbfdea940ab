namespace Niche.Triggers;

/// <summary>Marks the property of a function's result that is the HTTP answer, beside properties that are queue outputs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpResultAttribute : Attribute;
