using Shop.Lambda.Sample;

return args switch
{
    ["floor"] => RuntimeApiFloor.Run(),
    ["tasks"] => await SampleTasks.Create().RunAsync(),
    ["misconfigured"] => await SampleFunction.RunAsync(configure: _ => throw new InvalidOperationException("DB_NAME is missing.")),
    _ => await SampleFunction.RunAsync(),
};
