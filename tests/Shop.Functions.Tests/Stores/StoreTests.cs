namespace Shop.Functions.Tests.Stores;

/// <summary>One after the other: some of them fence the database or empty the outbox.</summary>
[CollectionDefinition(StoreFixture.Name)]
public sealed class StoreTests : ICollectionFixture<StoreFixture>;
