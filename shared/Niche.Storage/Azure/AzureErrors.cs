using Azure;
using Azure.Identity;

namespace Niche.Storage.Azure;

/// <summary>The SDK's failures in the words of <see cref="StorageException"/>.</summary>
internal static class AzureErrors
{
    private const int NotFound = 404;

    /// <summary>Runs a call; a failure that is no <see cref="StorageException"/> yet becomes one.</summary>
    public static async Task<T> GuardAsync<T>(string target, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (Map(e, target) is { } mapped)
        {
            throw mapped;
        }
    }

    /// <summary>Runs a call; where its queue, container or table is missing, creates it and runs the call again.</summary>
    public static Task<T> CreatingAsync<T>(string target, string missingCode, Func<Task> create, Func<Task<T>> call) => GuardAsync(target, async () =>
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == NotFound && e.ErrorCode == missingCode)
        {
            await create().ConfigureAwait(false);
            return await call().ConfigureAwait(false);
        }
    });

    /// <summary>Typed form of a failure; null for what is not the service's doing, such as cancellation.</summary>
    public static StorageException? Map(Exception e, string target) => e switch
    {
        RequestFailedException { Status: 401 or 403 } => new(
            StorageErrorCode.Unauthorized, $"Azure refused access to {target}; check the connection string, or give the identity the Storage data roles.", e),
        RequestFailedException { Status: 413 } => new(StorageErrorCode.TooLarge, $"Azure refused {target}: too large.", e),
        RequestFailedException { Status: 400 } failed => new(StorageErrorCode.InvalidArgument, $"Azure refused {target}: {failed.ErrorCode}.", e),
        AuthenticationFailedException => new(
            StorageErrorCode.Unauthorized, $"No identity for {target}; sign in, assign a managed identity or set a connection string.", e),
        RequestFailedException failed => new(
            StorageErrorCode.Unavailable, $"Azure did not serve {target} (status {failed.Status} {failed.ErrorCode}); try again later.", e),

        // What the SDK throws when every retry failed to reach the service.
        AggregateException { InnerException: RequestFailedException } => new(
            StorageErrorCode.Unavailable, $"Azure cannot be reached for {target}; check the address and network.", e),
        _ => null,
    };
}
