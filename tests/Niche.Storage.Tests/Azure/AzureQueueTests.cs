using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Azure;

[Collection(AzuriteCollection.Name)]
public sealed class AzureQueueTests(AzuriteFixture fixture) : QueueContract(fixture);
