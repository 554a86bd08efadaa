using Shop.Failover;

return await FailoverFunction.RunAsync();
