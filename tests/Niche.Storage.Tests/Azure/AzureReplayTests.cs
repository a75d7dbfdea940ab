using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Azure;

[Collection(AzuriteCollection.Name)]
public sealed class AzureReplayTests(AzuriteFixture fixture) : ReplayContract(fixture);
