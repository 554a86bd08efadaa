using Shop.Reconciliation;

return await ReconciliationFunction.RunAsync();
