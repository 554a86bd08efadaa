using Shop.Catalog;

return await CatalogFunction.RunAsync();
