namespace Niche.Storage.Tests.Contract;

/// <summary>One implementation under the contract tests.</summary>
public interface IStorageFixture
{
    /// <summary>The implementation; skips the test, with the reason, where its service is missing.</summary>
    IStorage Storage { get; }

    /// <summary>The implementation's clock.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Lets time pass: at once with a fake clock, really with a real service. Ask for a second or two.</summary>
    Task AdvanceAsync(TimeSpan by);
}
