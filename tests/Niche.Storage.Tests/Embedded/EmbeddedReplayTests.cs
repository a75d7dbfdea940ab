using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Embedded;

public sealed class EmbeddedReplayTests(EmbeddedFixture fixture) : ReplayContract(fixture), IClassFixture<EmbeddedFixture>;
