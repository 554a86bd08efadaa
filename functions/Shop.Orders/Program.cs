using Shop.Orders;

return await OrdersFunction.RunAsync();
