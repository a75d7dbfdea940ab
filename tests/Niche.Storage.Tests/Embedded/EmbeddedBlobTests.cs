using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Embedded;

public sealed class EmbeddedBlobTests(EmbeddedFixture fixture) : BlobContract(fixture), IClassFixture<EmbeddedFixture>;
