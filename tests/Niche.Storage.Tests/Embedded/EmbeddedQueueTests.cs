using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Embedded;

public sealed class EmbeddedQueueTests(EmbeddedFixture fixture) : QueueContract(fixture), IClassFixture<EmbeddedFixture>;
