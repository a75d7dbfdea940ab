using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Azure;

[Collection(AzuriteCollection.Name)]
public sealed class AzureBlobTests(AzuriteFixture fixture) : BlobContract(fixture);
