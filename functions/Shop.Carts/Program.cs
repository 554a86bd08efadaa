using Shop.Carts;

return await CartsFunction.RunAsync();
