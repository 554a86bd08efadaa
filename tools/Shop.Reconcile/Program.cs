using Shop.Reconcile;

return await Application.RunAsync(args, Console.Out, Console.Error);
