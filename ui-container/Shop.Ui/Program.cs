using Shop.Ui;

await using var store = StoreUi.Build(args);
await store.RunAsync();
