using Shop.Checkout;

return await CheckoutFunction.RunAsync();
