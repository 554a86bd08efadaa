using Shop.Ui;

if (args is ["health"])
{
    return await HealthProbe.AskAsync(Environment.GetEnvironmentVariable("ASPNETCORE_URLS"));
}

await using var store = StoreUi.Build(args);
await store.RunAsync();
return 0;
