using Shop.Migrator;

return await MigratorFunction.RunAsync();
