using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Embedded;

public sealed class EmbeddedTableTests(EmbeddedFixture fixture) : TableContract(fixture), IClassFixture<EmbeddedFixture>;
